import { readConfig } from '../../runtime/config.ts';
import { createLogger } from '../../runtime/logger.ts';
import { announceReady, stopOnSignal } from '../../runtime/shutdown.ts';
import { startWorkers } from '../../worker/start-workers.ts';

// As worker/main.ts, but with workflows bundled beforehand: one that is killed every few seconds must be back soon.
const [codePath = ''] = process.argv.slice(2);
const config = readConfig();
const log = createLogger('worker', config.LOG_LEVEL);
const workers = await startWorkers({ config, log, workflowBundle: { codePath } });
stopOnSignal(() => workers.shutdown(), { log, withParent: config.STOP_WITH_PARENT, graceMs: 3_000 });
workers.ended.catch((error: unknown) => {
  log.fatal({ err: error }, 'a worker ended unexpectedly');
  process.exit(1);
});
announceReady({});
