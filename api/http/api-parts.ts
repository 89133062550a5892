import type { Client } from '@temporalio/client';
import type { Database } from '../../db/database.ts';
import type { OAuthClient } from '../../lightspeed/oauth-client.ts';
import type { OpenTill } from '../../lightspeed/till.ts';
import type { Config } from '../../runtime/config.ts';
import type { KeyRing } from '../../runtime/key-ring.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { Metrics } from '../../runtime/metrics.ts';
import type { InventorySchedules } from '../../temporal/inventory-schedules.ts';
import type { StartTenantRemoval } from '../../temporal/start-tenant-removal.ts';
import type { TaskQueues } from '../../temporal/task-queues.ts';
import type { Wake } from '../../temporal/wake.ts';

/** What handlers are given. */
export interface ApiParts {
  db: Database;
  config: Config;
  ring: KeyRing;
  log: Logger;
  metrics: Metrics;
  temporal: Client;
  queues: TaskQueues;
  oauth: OAuthClient;
  openTill: OpenTill;
  schedules: InventorySchedules;
  /** Signals a workflow about facts already committed, and clears the wake-up owed for it. */
  wake: Wake;
  startTenantRemoval: StartTenantRemoval;
}
