import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { setups } from '../schema/setup.ts';

/** Pauses the tenant's sync or lets it go on. Safe to repeat. @returns false before its setup is completed. */
export async function setSyncPaused(db: Database, tenant: string, isPaused: boolean): Promise<boolean> {
  const updated = await db
    .update(setups)
    .set({ pausedAt: isPaused ? sql`coalesce(${setups.pausedAt}, now())` : null })
    .where(and(eq(setups.tenant, tenant), isNotNull(setups.completedAt)))
    .returning({ tenant: setups.tenant });
  return updated.length === 1;
}
