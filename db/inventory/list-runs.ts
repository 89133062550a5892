import { and, desc, eq, getTableColumns, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { syncRuns } from '../schema/inventory.ts';

const { tenant: _, connectionId: __, fence: ___, ...columns } = getTableColumns(syncRuns);

/** Where a page ended: the next one begins after it. */
export interface RunListPlace {
  startedAt: Date;
  id: string;
}

/** A tenant's runs of the sync, newest first (R34). */
export async function listRuns(
  db: Database,
  tenant: string,
  { after, limit }: { after: RunListPlace | null; limit: number },
) {
  return db
    .select(columns)
    .from(syncRuns)
    .where(
      and(
        eq(syncRuns.tenant, tenant),
        after
          ? sql`(${syncRuns.startedAt}, ${syncRuns.id}) < (${after.startedAt.toISOString()}::timestamptz, ${after.id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(syncRuns.startedAt), desc(syncRuns.id))
    .limit(limit);
}

export async function findRun(db: Database, tenant: string, id: string) {
  const [run] = await db
    .select(columns)
    .from(syncRuns)
    .where(and(eq(syncRuns.tenant, tenant), eq(syncRuns.id, id)));
  return run ?? null;
}
