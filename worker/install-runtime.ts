import { IllegalStateError } from '@temporalio/common';
import type { RuntimeOptions } from '@temporalio/worker';
import { makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import type { Logger } from '../runtime/logger.ts';

type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error';

/**
 * Sets up the SDK's native part before the first worker of a process: its logs go to ours, what it says in plain
 * operation one level lower, and signals are left to us. A process has one: later calls change nothing.
 * @param metricsPort where Prometheus finds the SDK's figures; 0 for nowhere.
 */
export function installRuntime(log: Logger, metricsPort: number): void {
  const write = (level: LogLevel, message: string, meta: Record<string, unknown> = {}): void => {
    // Only what tells where: an activity's error has been logged by our interceptor, without its data.
    const { workflowType, activityType, attempt, taskQueue } = meta;
    log[level === 'info' ? 'debug' : level]({ workflowType, activityType, attempt, taskQueue }, message);
  };
  const options: RuntimeOptions = {
    shutdownSignals: [],
    logger: {
      log: (level, message, meta) => write(level.toLowerCase() as LogLevel, message, meta),
      trace: (message, meta) => write('trace', message, meta),
      debug: (message, meta) => write('debug', message, meta),
      info: (message, meta) => write('info', message, meta),
      warn: (message, meta) => write('warn', message, meta),
      error: (message, meta) => write('error', message, meta),
    },
    telemetryOptions: {
      logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }) },
      ...(metricsPort === 0 ? {} : { metrics: { prometheus: { bindAddress: `0.0.0.0:${metricsPort}` } } }),
    },
  };
  try {
    Runtime.install(options);
  } catch (error) {
    if (!(error instanceof IllegalStateError)) throw error;
  }
}
