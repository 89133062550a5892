import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, NativeConnection, Worker } from '@temporalio/worker';
import type { Config } from '../../runtime/config.ts';
import { createKeyRing } from '../../runtime/key-ring.ts';
import { connectionOptions, connectTemporal, createDataConverter } from '../../temporal/connect-temporal.ts';
import { interactiveActivities } from '../../worker/start-workers.ts';

const taskQueue = 'bench-baseline';

/**
 * A worker for the bare workflow of so many no-op activities, with the server, the options and the codec of ours.
 * @param maxConcurrentActivityTaskExecutions as many as the worker of ours that it is compared with takes on.
 */
export async function startBaseline(
  config: Config,
  steps = 4,
  maxConcurrentActivityTaskExecutions = interactiveActivities,
) {
  const ring = createKeyRing(config.SECRET_KEYS);
  const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace } = config;
  const connection = await NativeConnection.connect(connectionOptions(address));
  const workflowsPath = fileURLToPath(new URL('no-op-workflow.ts', import.meta.url));
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue,
    workflowBundle: await bundleWorkflowCode({ workflowsPath }),
    activities: { noOp: () => Promise.resolve() },
    dataConverter: createDataConverter(ring),
    maxConcurrentActivityTaskExecutions,
  });
  const running = worker.run();
  const temporal = await connectTemporal({ address, namespace }, ring);
  let count = 0;
  return {
    /** Runs one of them to its end. @returns how long it took, in ms. */
    async run(): Promise<number> {
      const startedAt = performance.now();
      count += 1;
      const workflowId = `baseline-${count}`;
      await temporal.client.workflow.execute('noOpWorkflow', { workflowId, taskQueue, args: [steps] });
      return performance.now() - startedAt;
    },
    async close(): Promise<void> {
      worker.shutdown();
      await running;
      await temporal.close();
      await connection.close();
    },
  };
}
