import { readEnvironment } from '../../runtime/config.ts';
import { bringUp } from './bring-up.ts';
import { demoOptions } from './demo-options.ts';
import { playScenario } from './play-scenario.ts';
import { createReport } from './report.ts';

/** `npm start`: brings everything up, does the main job before the reader's eyes, and stays until Ctrl-C. */
const report = createReport();
let stop: () => Promise<void> = async () => {};
let isStopping = false;

// Before anything starts: a Ctrl-C during start-up must stop what is up by then.
const stopped = new Promise<void>((resolve) => {
  const onSignal = () => {
    if (isStopping) return;
    isStopping = true;
    report.line('\nStopping the API, the workers, the sandbox, Temporal and PostgreSQL.');
    resolve();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
});

async function run(): Promise<number> {
  const options = demoOptions(process.argv.slice(2), readEnvironment());
  report.heading('Starting');
  const installing = bringUp(options, report);
  stop = async () => (await installing.catch(() => null))?.stop();
  const installation = await installing;
  const { isAsExpected, figures, close } = await playScenario(installation, options, report);
  const stopParts = stop;
  stop = async () => {
    await close();
    await stopParts();
  };
  if (!options.once) {
    report.line('\nEverything stays up until Ctrl-C.');
    await stopped;
  }
  await stop();
  if (options.json) report.line(JSON.stringify(figures));
  return isAsExpected || !options.once ? 0 : 1;
}

try {
  const code = await Promise.race([run(), stopped.then(() => null)]);
  if (code === null) await stop();
  process.exit(code ?? 0);
} catch (error) {
  if (!isStopping) report.line(`\n${words(error)}`);
  await stop().catch((problem: unknown) => report.line(String(problem)));
  process.exit(isStopping ? 0 : 1);
}

function words(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
