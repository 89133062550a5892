import { sql } from 'drizzle-orm';
import type { GuardSettings } from '../../domain/inventory/guard-settings.ts';
import type { Database } from '../database.ts';
import { guardSettings } from '../schema/inventory.ts';

/** Sets when changes are held; it counts from the next decision on. */
export async function writeGuardSettings(db: Database, tenant: string, settings: GuardSettings): Promise<void> {
  await db
    .insert(guardSettings)
    .values({ tenant, settings })
    .onConflictDoUpdate({ target: guardSettings.tenant, set: { settings: sql`excluded.settings` } });
}
