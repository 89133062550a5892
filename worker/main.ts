import { ConfigError, readConfig } from '../runtime/config.ts';
import { createLogger } from '../runtime/logger.ts';
import { safeError } from '../runtime/safe-error.ts';
import { announceReady, stopOnSignal } from '../runtime/shutdown.ts';
import { installRuntime } from './install-runtime.ts';
import { startWorkers } from './start-workers.ts';

try {
  const config = readConfig();
  const log = createLogger('worker', config.LOG_LEVEL);
  installRuntime(log, config.WORKER_METRICS_PORT);
  const workers = await startWorkers({ config, log });
  stopOnSignal(() => workers.shutdown(), { log, withParent: config.STOP_WITH_PARENT, graceMs: 9_000 });
  workers.ended.catch((error: unknown) => {
    log.fatal({ err: safeError(error) }, 'a worker ended unexpectedly');
    process.exit(1);
  });
  announceReady({ taskQueue: config.TASK_QUEUE });
} catch (error) {
  if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
  else {
    const { name, message } = safeError(error);
    process.stderr.write(`The worker can't start: ${name}: ${message}\n`);
  }
  process.exit(1);
}
