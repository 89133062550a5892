import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { syncRequests } from '../schema/inventory.ts';

/** Asks for a run of the sync. One that polls does what one of `settings` does as well, so it is never set back to that. */
export async function requestSync(db: Database, tenant: string, trigger: 'setup' | 'settings'): Promise<void> {
  const asked = db.insert(syncRequests).values({ tenant, trigger });
  if (trigger === 'settings') await asked.onConflictDoNothing();
  else await asked.onConflictDoUpdate({ target: syncRequests.tenant, set: { trigger, requestedAt: sql`now()` } });
}
