import { desc, eq, sql } from 'drizzle-orm';
import { defaultSettings } from '../../domain/setup/default-settings.ts';
import type { SetupFault } from '../../domain/setup/find-faults.ts';
import type { Database, Transaction } from '../database.ts';
import { connections, setups, storeMappings } from '../schema/setup.ts';
import { listSetupFaults } from './list-setup-faults.ts';
import type { SetupRow } from './lock-setup.ts';

export interface StoredSetup {
  setup: Omit<SetupRow, 'updatedAt'>;
  stores: { shopId: string; shopName: string; locationId: string }[];
  /** The live connection, else the one that ended last; null: never connected. */
  connection: StoredConnection | null;
  /** What is open about its steps. */
  faults: SetupFault[];
}

export type StoredConnection = Pick<
  typeof connections.$inferSelect,
  'id' | 'accountId' | 'accountName' | 'userName' | 'state' | 'stateReason' | 'connectedAt' | 'endedAt'
>;

/** Everything the wizard has collected; what nobody has saved yet is null or empty. */
export async function readSetup(db: Database | Transaction, tenant: string): Promise<StoredSetup> {
  const [setup] = await db.select().from(setups).where(eq(setups.tenant, tenant));
  const stores = await db
    .select({
      shopId: storeMappings.shopId,
      shopName: storeMappings.shopName,
      locationId: storeMappings.locationId,
    })
    .from(storeMappings)
    .where(eq(storeMappings.tenant, tenant))
    .orderBy(storeMappings.shopId);
  const [connection] = await db
    .select({
      id: connections.id,
      accountId: connections.accountId,
      accountName: connections.accountName,
      userName: connections.userName,
      state: connections.state,
      stateReason: connections.stateReason,
      connectedAt: connections.connectedAt,
      endedAt: connections.endedAt,
    })
    .from(connections)
    .where(eq(connections.tenant, tenant))
    .orderBy(desc(sql`state in ('active', 'lost')`), desc(connections.connectedAt))
    .limit(1);
  const faults = await listSetupFaults(db, tenant);
  return { setup: setup ?? unsaved(tenant), stores, connection: connection ?? null, faults };
}

function unsaved(tenant: string): Omit<SetupRow, 'updatedAt'> {
  return {
    tenant,
    version: 1,
    storesDone: false,
    importSettings: null,
    pricing: null,
    orderExport: null,
    sync: defaultSettings.sync,
    warnings: {},
    lastReminder: null,
    completedAt: null,
    exportFrom: null,
    pausedAt: null,
  };
}
