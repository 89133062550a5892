import { and, eq, inArray, or } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { defaultSettings } from '../../domain/setup/default-settings.ts';
import type { Database } from '../database.ts';
import { connections, setups } from '../schema/setup.ts';
import { tenants } from '../schema/tenants.ts';

/** What a tenant's Schedules follow. `isRunning` is false before completion and without a connection (R5, R35). */
export interface ScheduleFacts {
  tenant: string;
  timeZone: string;
  intervalMinutes: number;
  isPaused: boolean;
  isRunning: boolean;
}

/** Of the tenant, and of those that it has taken its account over from. */
export async function readScheduleFacts(db: Database, tenant: string): Promise<ScheduleFacts[]> {
  const own = alias(connections, 'own');
  const accounts = db.select({ accountId: own.accountId }).from(own).where(eq(own.tenant, tenant));
  const affected = db
    .select({ tenant: connections.tenant })
    .from(connections)
    .where(inArray(connections.accountId, accounts));
  const rows = await db
    .select({
      tenant: tenants.tenant,
      timeZone: tenants.timeZone,
      sync: setups.sync,
      pausedAt: setups.pausedAt,
      completedAt: setups.completedAt,
      connectionId: connections.id,
    })
    .from(tenants)
    .leftJoin(setups, eq(setups.tenant, tenants.tenant))
    .leftJoin(connections, and(eq(connections.tenant, tenants.tenant), inArray(connections.state, ['active', 'lost'])))
    .where(or(eq(tenants.tenant, tenant), inArray(tenants.tenant, affected)));
  return rows.map((row) => ({
    tenant: row.tenant,
    timeZone: row.timeZone,
    intervalMinutes: (row.sync ?? defaultSettings.sync).intervalMinutes,
    isPaused: row.pausedAt !== null,
    isRunning: row.completedAt !== null && row.connectionId !== null,
  }));
}
