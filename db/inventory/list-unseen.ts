import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';

/** Ids of live items, in order, that neither this full pull nor a poll beside it has seen: the next `limit` after one. */
export async function listUnseen(
  db: Database,
  tenant: string,
  runId: string,
  after: string,
  limit: number,
): Promise<string[]> {
  const rows = await db.execute<{ itemId: string }>(sql`
    select i.item_id as "itemId" from pos_items i join sync_runs r on r.id = ${runId} and r.tenant = i.tenant
    where i.tenant = ${tenant} and not i.archived and i.retired_at is null and i.seen_at < r.started_at
      and i.item_id > ${after}
    order by i.item_id limit ${limit}`);
  return rows.map(({ itemId }) => itemId);
}
