import { setTimeout as pause } from 'node:timers/promises';
import { readEnvironment } from '../../runtime/config.ts';
import { bringUp } from './bring-up.ts';
import { demoOptions } from './demo-options.ts';
import { playScenario } from './play-scenario.ts';
import { createReport } from './report.ts';

/** `npm start`: brings everything up, does the main job before the reader's eyes, and stays until Ctrl-C. */
const report = createReport();
/** For a scenario that was done to say so, after everything has stopped. */
const LAST_WORDS_MS = 500;
/** What is up, in the order in which it came up. */
const parts: (() => Promise<void>)[] = [];
let stopping: Promise<void> | undefined;

/** Stops what is up, the last first; a second call waits for the first. */
function stop(): Promise<void> {
  const stopAll = async () => {
    for (const stopPart of parts.toReversed()) await stopPart();
  };
  stopping ??= stopAll();
  return stopping;
}

// Before anything starts: a Ctrl-C during start-up must stop what is up by then.
const interrupted = new Promise<null>((resolve) => {
  const onSignal = () => resolve(null);
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
});

async function run(): Promise<number> {
  const options = demoOptions(process.argv.slice(2), readEnvironment());
  report.heading('Starting');
  const installing = bringUp(options, report);
  parts.push(async () => (await installing.catch(() => null))?.stop());
  const played = await playScenario(await installing, options, report);
  parts.push(played.close);
  if (!options.once) {
    report.line('\nEverything stays up until Ctrl-C.');
    await interrupted;
  }
  await stop();
  if (options.json) report.line(JSON.stringify(played.figures));
  return played.isAsExpected || !options.once ? 0 : 1;
}

let isInterrupted = false;
void interrupted.then(() => {
  isInterrupted = true;
  report.line('\nStopping the API, the workers, the sandbox, Temporal and PostgreSQL.');
});
const running = run().catch(async (error: unknown) => {
  // An interrupted scenario fails because its servers go away: that is no news.
  if (!isInterrupted) report.line(`\n${words(error)}`);
  await stop().catch((problem: unknown) => report.line(words(problem)));
  return isInterrupted ? 0 : 1;
});
// A scenario cut short need not come to its end, but what it started must.
const cutShort = async () => {
  await interrupted;
  await stop();
  await pause(LAST_WORDS_MS);
  return 0;
};
process.exit(await Promise.race([running, cutShort()]));

function words(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
