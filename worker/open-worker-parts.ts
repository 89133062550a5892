import { openDatabase } from '../db/database.ts';
import { clearWakeUp } from '../db/notify/wake-ups.ts';
import { requireDatabase } from '../db/require-database.ts';
import { createRateBudget } from '../db/setup/rate-budget.ts';
import { createTokenStore } from '../db/setup/token-store.ts';
import { createReadAccount } from '../lightspeed/create-read-account.ts';
import { createOpenTill } from '../lightspeed/create-till.ts';
import { createExchange } from '../lightspeed/http/create-exchange.ts';
import { createOAuthClient } from '../lightspeed/oauth-client.ts';
import type { Config } from '../runtime/config.ts';
import type { KeyRing } from '../runtime/key-ring.ts';
import type { Logger } from '../runtime/logger.ts';
import { connectTemporal } from '../temporal/connect-temporal.ts';
import { createInventorySchedules } from '../temporal/inventory-schedules.ts';
import { requireSearchAttributes } from '../temporal/register-search-attributes.ts';
import { createSignals } from '../temporal/signals.ts';
import { createStartTenantRemoval } from '../temporal/start-tenant-removal.ts';
import { taskQueues } from '../temporal/task-queues.ts';
import { createWake } from '../temporal/wake.ts';
import { createDeliver } from '../webhooks/create-deliver.ts';

const DELIVERY_TIMEOUT_MS = 10_000;
/** Each activity holds at most one connection, and not while it waits for the till. */
const MAX_CONNECTIONS = 20;

export type WorkerParts = Awaited<ReturnType<typeof openWorkerParts>>;

/** Everything the activities of one process work with. `close` once nothing of them is under way. */
export async function openWorkerParts(config: Config, ring: KeyRing, log: Logger) {
  const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace } = config;
  const temporal = await connectTemporal({ address, namespace }, ring);
  await requireSearchAttributes(temporal.connection, namespace);
  const database = openDatabase(config.DATABASE_URL, { maxConnections: MAX_CONNECTIONS });
  const { db } = database;
  await requireDatabase(db);
  const queues = taskQueues(config.TASK_QUEUE);
  const signals = createSignals(temporal.client, queues, {
    settleWindowMs: config.SETTLE_WINDOW_MS,
    postDeadlineMs: config.POST_DEADLINE_MS,
  });
  const wake = createWake(signals, (owed) => clearWakeUp(db, owed), log);
  const exchange = createExchange({ timeoutMs: config.LIGHTSPEED_TIMEOUT_MS });
  const oauth = createOAuthClient({
    authUrl: config.LIGHTSPEED_AUTH_URL,
    clientId: config.LIGHTSPEED_CLIENT_ID,
    clientSecret: config.LIGHTSPEED_CLIENT_SECRET,
    exchange,
  });
  const tokens = createTokenStore(db, ring, { exchangeTimeoutMs: config.LIGHTSPEED_TIMEOUT_MS, wake });
  const budget = createRateBudget(db, { timeScale: config.LIGHTSPEED_TIME_SCALE });
  const calls = { apiUrl: config.LIGHTSPEED_API_URL, budget, log, exchange };
  const webhooks = createDeliver({ allowPrivate: config.WEBHOOK_ALLOW_PRIVATE, timeoutMs: DELIVERY_TIMEOUT_MS });
  return {
    config,
    ring,
    log,
    db,
    temporal: temporal.client,
    queues,
    signals,
    wake,
    startTenantRemoval: createStartTenantRemoval(temporal.client, queues, config.REMOVAL_SETTLE_MS),
    schedules: createInventorySchedules(temporal.client, queues),
    oauth,
    tokens,
    openTill: createOpenTill({ ...calls, oauth, tokens }),
    readAccount: createReadAccount(calls),
    deliver: webhooks.deliver,
    async close() {
      await webhooks.close();
      await temporal.close();
      await database.close();
    },
  };
}
