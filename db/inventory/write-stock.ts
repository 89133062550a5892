import { sql } from 'drizzle-orm';
import type { Transaction } from '../database.ts';
import { rowsTable } from '../rows-table.ts';
import { isPulled } from './touch.ts';

/** An ItemShop row. Quantities are decimal strings. */
export interface PosStockRow {
  itemId: string;
  shopId: string;
  qoh: string;
  sellable: string;
  backorder: string;
  reorderPoint: string;
  reorderLevel: string;
  timeStamp: Date;
}

const stockColumns = {
  itemId: 'text',
  shopId: 'text',
  qoh: 'numeric',
  sellable: 'numeric',
  backorder: 'numeric',
  reorderPoint: 'numeric',
  reorderLevel: 'numeric',
  timeStamp: 'timestamptz',
} as const;

/**
 * Writes stock rows of every shop, mapped or not, in one statement; the `shopID` 0 sums are left out, and a row is only
 * overwritten by one of the same or a newer `timeStamp`. Items of which a row is new are decided again.
 */
export async function writeStock(tx: Transaction, tenant: string, rows: PosStockRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.execute(sql`
    with written as (
      insert into pos_stock as stored (tenant, item_id, shop_id, qoh, sellable, backorder, reorder_point, reorder_level,
        time_stamp)
      select distinct on ("itemId", "shopId") ${tenant}, "itemId", "shopId", qoh, sellable, backorder, "reorderPoint",
        "reorderLevel", "timeStamp"
      from ${rowsTable(rows, stockColumns)}
      where "shopId" <> '0'
      order by "itemId", "shopId", "timeStamp" desc
      on conflict (tenant, item_id, shop_id) do update set
        qoh = excluded.qoh, sellable = excluded.sellable, backorder = excluded.backorder,
        reorder_point = excluded.reorder_point, reorder_level = excluded.reorder_level, time_stamp = excluded.time_stamp
      where stored.time_stamp <= excluded.time_stamp
        and (stored.qoh, stored.sellable, stored.backorder, stored.reorder_point, stored.reorder_level, stored.time_stamp)
          is distinct from
          (excluded.qoh, excluded.sellable, excluded.backorder, excluded.reorder_point, excluded.reorder_level,
            excluded.time_stamp)
      returning item_id
    )
    insert into touched (tenant, kind, key) select distinct ${tenant}, 'till', item_id from written where ${isPulled(tenant)}`);
}
