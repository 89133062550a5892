import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';

/** How many items the till is asked for along with others: one that was merged away meanwhile must not matter. */
export const witnesses = 3;

/** Other items than these that the till returned lately, archived or not: it will return them again. */
export async function listKnownItems(db: Database, tenant: string, otherThan: string[]): Promise<string[]> {
  const rows = await db.execute<{ itemId: string }>(sql`
    select item_id as "itemId" from pos_items
    where tenant = ${tenant} and retired_at is null and item_id <> all(${sql.param(otherThan)}::text[])
      and seen_at >= (select max(started_at) from sync_runs where tenant = ${tenant} and mode = 'full')
    limit ${witnesses}`);
  return rows.map(({ itemId }) => itemId);
}
