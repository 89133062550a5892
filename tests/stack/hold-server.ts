import { startPostgres } from '../../sandbox/stack/start-postgres.ts';
import { startProcess } from '../../sandbox/stack/start-process.ts';
import { startStack } from '../../sandbox/stack/start-stack.ts';
import { startTemporal } from '../../sandbox/stack/start-temporal.ts';

// A parent for the tests to kill: starts what is asked for, says so in one line of JSON, and stays.
const [what, dataDir] = process.argv.slice(2) as [string, string];
const log = (line: string) => process.stderr.write(`${line}\n`);
const searchAttributes = { Stage: 'Keyword' } as const;
const starts: Record<string, () => Promise<object>> = {
  postgres: () => startPostgres({ dataDir, log }),
  'disposable-postgres': () => startPostgres({ dataDir, isDisposable: true, log }),
  temporal: () => startTemporal({ dataDir, isHeadless: true, searchAttributes, log }),
  stack: () => startStack({ dataDir, searchAttributes, log }),
  child: () =>
    startProcess({
      name: 'the child',
      script: new URL('ready-child.ts', import.meta.url).pathname,
      env: {},
      logFile: `${dataDir}/child.log`,
      log,
    }),
};
process.stdout.write(`${JSON.stringify(await starts[what]!())}\n`);
setInterval(() => {}, 60_000);
