import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { syncRequests } from '../schema/inventory.ts';

/**
 * Asks for a run of the sync. One that polls does what one of `settings` does as well, so it is never set back to that.
 * @returns when: a run that begins from then on does what was asked for.
 */
export async function requestSync(
  db: Database,
  tenant: string,
  trigger: 'setup' | 'settings' | 'person',
): Promise<Date> {
  const [row] = await db
    .insert(syncRequests)
    .values({ tenant, trigger })
    .onConflictDoUpdate({
      target: syncRequests.tenant,
      set: { trigger: trigger === 'settings' ? sql`${syncRequests.trigger}` : trigger, requestedAt: sql`now()` },
    })
    .returning({ requestedAt: syncRequests.requestedAt });
  return row!.requestedAt;
}
