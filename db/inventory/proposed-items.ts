import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { touch } from './touch.ts';

/** A change concerns the item that is shown and the one that would be. */
const itemsPerRow = 2;

/** How many changes are held, of those how many whose items have been read again since, or not. */
export async function countProposed(db: Database, tenant: string): Promise<{ checked: number; unchecked: number }> {
  const [row] = await db.execute<{ checked: number; unchecked: number }>(sql`
    select count(*) filter (where is_checked)::int as checked, count(*) filter (where not is_checked)::int as unchecked
    from proposal_rows where tenant = ${tenant} and state = 'held'`);
  return row!;
}

/** POS items of held changes that haven't been read again yet: `most` of them, and all of each change. */
export async function listUnchecked(db: Database, tenant: string, most: number): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select distinct id from (
      select from_item_id, item_id from proposal_rows
      where tenant = ${tenant} and state = 'held' and not is_checked order by sku limit ${Math.floor(most / itemsPerRow)}
    ) p, lateral (values (from_item_id), (item_id)) as ids(id) where id is not null`);
  return rows.map(({ id }) => id);
}

/** Notes that these items have been read again, and has what is matched to them decided again. */
export async function markChecked(db: Database, tenant: string, itemIds: string[]): Promise<void> {
  const ids = sql`${sql.param(itemIds)}::text[]`;
  await db.transaction(async (tx) => {
    await tx.execute(sql`
      update proposal_rows set is_checked = true
      where tenant = ${tenant} and state = 'held' and coalesce(from_item_id = any(${ids}), true)
        and coalesce(item_id = any(${ids}), true)`);
    await touch(tx, tenant, 'till', itemIds);
  });
}
