import { ConfigError, readConfig } from '../runtime/config.ts';
import { createLogger } from '../runtime/logger.ts';
import { outliveLostConnections } from '../runtime/outlive-lost-connections.ts';
import { safeError } from '../runtime/safe-error.ts';
import { announceReady, stopOnSignal } from '../runtime/shutdown.ts';
import { startWorkers } from './start-workers.ts';

try {
  const config = readConfig();
  const log = createLogger('worker', config.LOG_LEVEL);
  outliveLostConnections(log);
  const workers = await startWorkers({ config, log });
  stopOnSignal(() => workers.shutdown(), { log, withParent: config.STOP_WITH_PARENT, graceMs: 9_000 });
  workers.ended.catch((error: unknown) => {
    log.fatal({ err: error }, 'a worker ended unexpectedly');
    process.exit(1);
  });
  announceReady({ taskQueue: config.TASK_QUEUE });
} catch (error) {
  const why = error instanceof ConfigError ? error.message : `The worker can't start: ${safeError(error).message}`;
  process.stderr.write(`${why}\n`);
  process.exit(1);
}
