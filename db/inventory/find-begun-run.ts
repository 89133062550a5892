import { and, eq } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { syncRuns } from '../schema/inventory.ts';

/** How a run began whose row was written already: a repeated step must not decide anew. Null: it hasn't. */
export async function findBegunRun(
  db: Database,
  tenant: string,
  runId: string,
): Promise<{ mode: 'poll' | 'local' | 'full' } | null> {
  const [run] = await db
    .select({ mode: syncRuns.mode })
    .from(syncRuns)
    .where(and(eq(syncRuns.tenant, tenant), eq(syncRuns.id, runId)));
  return run ?? null;
}
