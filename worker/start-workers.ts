import type { WorkerOptions } from '@temporalio/worker';
import { NativeConnection, Worker } from '@temporalio/worker';
import type { Config } from '../runtime/config.ts';
import { createKeyRing } from '../runtime/key-ring.ts';
import type { Logger } from '../runtime/logger.ts';
import { connectionOptions, createDataConverter } from '../temporal/connect-temporal.ts';
import { taskQueues } from '../temporal/task-queues.ts';
import { bundleWorkflows } from './bundle-workflows.ts';
import { createFailureInterceptor } from './failure-interceptor.ts';
import { installRuntime } from './install-runtime.ts';
import { openWorkerParts } from './open-worker-parts.ts';
import { wireActivities } from './wire-activities.ts';

/** What is under way may end; a page or a delivery that takes longer is tried again by another worker. */
const SHUTDOWN_GRACE_MS = 5_000;
/** How many activities each of the two workers takes on at once. */
export const interactiveActivities = 40;
export const bulkActivities = 10;

export interface RunningWorkers {
  /** Settles when the workers have ended: by `shutdown`, or with the error that ended one of them. */
  ended: Promise<void>;
  /** Takes nothing new, waits for what is under way, closes everything. May be called twice. */
  shutdown(): Promise<void>;
}

/**
 * Starts the two workers of a process: interactive (setup, orders, events) and bulk (inventory), so that a thousand
 * pulls don't hold up an order.
 * @param options.workflowBundle from `bundleWorkflows`, where several starts share one.
 */
export async function startWorkers(options: {
  config: Config;
  log: Logger;
  workflowBundle?: NonNullable<WorkerOptions['workflowBundle']>;
}): Promise<RunningWorkers> {
  const { config, log } = options;
  installRuntime(log, config.WORKER_METRICS_PORT);
  const ring = createKeyRing(config.SECRET_KEYS);
  const workflowBundle = options.workflowBundle ?? (await bundleWorkflows());
  const parts = await openWorkerParts(config, ring, log);
  const connection = await NativeConnection.connect(connectionOptions(config.TEMPORAL_ADDRESS));
  const activities = wireActivities(parts);
  const createWorker = (taskQueue: string, maxConcurrentActivityTaskExecutions: number) =>
    Worker.create({
      connection,
      namespace: config.TEMPORAL_NAMESPACE,
      taskQueue,
      workflowBundle,
      activities,
      dataConverter: createDataConverter(ring),
      interceptors: { activity: [() => ({ inbound: createFailureInterceptor(log) })] },
      shutdownGraceTime: SHUTDOWN_GRACE_MS,
      maxConcurrentActivityTaskExecutions,
    });
  const queues = taskQueues(config.TASK_QUEUE);
  const workers = await Promise.all([
    createWorker(queues.interactive, interactiveActivities),
    createWorker(queues.bulk, bulkActivities),
  ]);
  const stopAll = () => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  // One that dies takes the other along: half a process looks alive and isn't.
  const runs = workers.map((worker) => worker.run().finally(stopAll));
  const ended = Promise.allSettled(runs).then(async (results) => {
    await connection.close();
    await parts.close();
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  });
  ended.catch(() => {});
  return {
    ended,
    async shutdown() {
      stopAll();
      await ended;
    },
  };
}
