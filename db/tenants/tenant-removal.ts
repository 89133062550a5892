import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { tenantRemovals } from '../schema/tenants.ts';

/** The removal of this slug that was asked for last; null: none was. */
export async function findRemoval(db: Database, tenant: string) {
  const [row] = await db
    .select()
    .from(tenantRemovals)
    .where(eq(tenantRemovals.tenant, tenant))
    .orderBy(desc(tenantRemovals.requestedAt))
    .limit(1);
  return row ?? null;
}

/** Adds to what an open removal has done. Does nothing once it has ended. */
export async function noteRemoval(
  db: Database,
  tenant: string,
  done: { rowsErased?: number; runsEnded?: number; tokensRevoked?: boolean; isEnded?: boolean },
): Promise<void> {
  await db
    .update(tenantRemovals)
    .set({
      rowsErased: sql`${tenantRemovals.rowsErased} + ${done.rowsErased ?? 0}`,
      runsEnded: sql`${tenantRemovals.runsEnded} + ${done.runsEnded ?? 0}`,
      ...(done.tokensRevoked === undefined ? {} : { tokensRevoked: done.tokensRevoked }),
      ...(done.isEnded ? { endedAt: sql`now()` } : {}),
    })
    .where(and(eq(tenantRemovals.tenant, tenant), isNull(tenantRemovals.endedAt)));
}

/** Removals that have not ended: the sweep sees to it that their runs are under way. */
export async function listOpenRemovals(db: Database): Promise<string[]> {
  const rows = await db
    .select({ tenant: tenantRemovals.tenant })
    .from(tenantRemovals)
    .where(isNull(tenantRemovals.endedAt))
    .orderBy(tenantRemovals.requestedAt);
  return rows.map(({ tenant }) => tenant);
}
