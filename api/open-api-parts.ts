import { openDatabase } from '../db/database.ts';
import { countWaiting } from '../db/notify/count-waiting.ts';
import { clearWakeUp } from '../db/notify/wake-ups.ts';
import { requireDatabase } from '../db/require-database.ts';
import { createRateBudget } from '../db/setup/rate-budget.ts';
import { createTokenStore } from '../db/setup/token-store.ts';
import { createOpenTill } from '../lightspeed/create-till.ts';
import { createExchange } from '../lightspeed/http/create-exchange.ts';
import { createOAuthClient } from '../lightspeed/oauth-client.ts';
import type { Config } from '../runtime/config.ts';
import { createKeyRing } from '../runtime/key-ring.ts';
import type { Logger } from '../runtime/logger.ts';
import { createMetrics } from '../runtime/metrics.ts';
import { connectTemporal } from '../temporal/connect-temporal.ts';
import { createInventorySchedules } from '../temporal/inventory-schedules.ts';
import { requireSearchAttributes } from '../temporal/register-search-attributes.ts';
import { createSignals } from '../temporal/signals.ts';
import { createStartTenantRemoval } from '../temporal/start-tenant-removal.ts';
import { taskQueues } from '../temporal/task-queues.ts';
import { createWake } from '../temporal/wake.ts';
import type { ApiParts } from './http/api-parts.ts';

/** Makes what handlers are given. `close` once no request is under way. */
export async function openApiParts(config: Config, log: Logger): Promise<{ parts: ApiParts; close(): Promise<void> }> {
  const ring = createKeyRing(config.SECRET_KEYS);
  const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace } = config;
  const temporal = await connectTemporal({ address, namespace }, ring);
  await requireSearchAttributes(temporal.connection, namespace);
  const database = openDatabase(config.DATABASE_URL);
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
  const metrics = createMetrics();
  metrics.gauge('tillbridge_events_undelivered', 'Events not yet delivered', () => countWaiting.events(db));
  metrics.gauge('tillbridge_attention_open', 'Things a person must decide', () => countWaiting.attention(db));
  const parts: ApiParts = {
    db,
    config,
    ring,
    log,
    metrics,
    temporal: temporal.client,
    queues,
    oauth,
    openTill: createOpenTill({ apiUrl: config.LIGHTSPEED_API_URL, oauth, tokens, budget, log, exchange }),
    schedules: createInventorySchedules(temporal.client, queues),
    wake,
    startTenantRemoval: createStartTenantRemoval(temporal.client, queues, config.REMOVAL_SETTLE_MS),
  };
  return {
    parts,
    async close() {
      await temporal.close();
      await database.close();
    },
  };
}
