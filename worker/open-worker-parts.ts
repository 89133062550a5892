import { openDatabase } from '../db/database.ts';
import { clearWakeUp } from '../db/notify/wake-ups.ts';
import type { Config } from '../runtime/config.ts';
import type { KeyRing } from '../runtime/key-ring.ts';
import type { Logger } from '../runtime/logger.ts';
import { connectTemporal } from '../temporal/connect-temporal.ts';
import { createSignals } from '../temporal/signals.ts';
import { taskQueues } from '../temporal/task-queues.ts';
import { createWake } from '../temporal/wake.ts';
import { createDeliver } from '../webhooks/create-deliver.ts';

const DELIVERY_TIMEOUT_MS = 10_000;
/** Each activity holds at most one connection, and not while it waits for the till. */
const MAX_CONNECTIONS = 20;

export type WorkerParts = Awaited<ReturnType<typeof openWorkerParts>>;

/** Everything the activities of one process work with. `close` once nothing of them is under way. */
export async function openWorkerParts(config: Config, ring: KeyRing, log: Logger) {
  const database = openDatabase(config.DATABASE_URL, { maxConnections: MAX_CONNECTIONS });
  const { db } = database;
  const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace } = config;
  const temporal = await connectTemporal({ address, namespace }, ring).catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
  const queues = taskQueues(config.TASK_QUEUE);
  const signals = createSignals(temporal.client, queues, {
    settleWindowMs: config.SETTLE_WINDOW_MS,
    postDeadlineMs: config.POST_DEADLINE_MS,
  });
  const webhooks = createDeliver({ allowPrivate: config.WEBHOOK_ALLOW_PRIVATE, timeoutMs: DELIVERY_TIMEOUT_MS });
  return {
    config,
    ring,
    log,
    db,
    temporal: temporal.client,
    queues,
    signals,
    wake: createWake(signals, (owed) => clearWakeUp(db, owed), log),
    deliver: webhooks.deliver,
    async close() {
      await webhooks.close();
      await temporal.close();
      await database.close();
    },
  };
}
