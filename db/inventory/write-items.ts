import { sql } from 'drizzle-orm';
import type { Transaction } from '../database.ts';
import { rowsTable } from '../rows-table.ts';
import { isPulled } from './touch.ts';

/** A POS item as a page brought it, with the keys that matching compares. `prices`: amount by price level. */
export interface PosItemRow {
  itemId: string;
  systemSku: string;
  description: string;
  itemType: string;
  upc: string | null;
  ean: string | null;
  customSku: string | null;
  manufacturerSku: string | null;
  manufacturerId: string;
  taxClassId: string;
  taxable: boolean;
  upcKey: string | null;
  eanKey: string | null;
  upcRaw: string | null;
  eanRaw: string | null;
  mpnKey: string | null;
  archived: boolean;
  timeStamp: Date;
  prices: Record<string, string>;
}

const itemColumns = {
  itemId: 'text',
  systemSku: 'text',
  description: 'text',
  itemType: 'text',
  upc: 'text',
  ean: 'text',
  customSku: 'text',
  manufacturerSku: 'text',
  manufacturerId: 'text',
  taxClassId: 'text',
  taxable: 'boolean',
  upcKey: 'text',
  eanKey: 'text',
  upcRaw: 'text',
  eanRaw: 'text',
  mpnKey: 'text',
  archived: 'boolean',
  timeStamp: 'timestamptz',
  prices: 'jsonb',
} as const;

/**
 * Writes a page of items with every price level, in one statement. A row is only overwritten by one of the same or a
 * newer `timeStamp`, so that pages may arrive twice and in any order; every item counts as seen. Items are written in
 * the order of their ids, so that two pulls at work can't lock each other out. An item of which something is new is
 * decided again; one that was read once more and is the same is not.
 */
export async function writeItems(tx: Transaction, tenant: string, items: PosItemRow[]): Promise<void> {
  if (items.length === 0) return;
  await tx.execute(sql`
    with page as materialized (
      select distinct on ("itemId") *
      from ${rowsTable(items, itemColumns)}
      order by "itemId", "timeStamp" desc
    ), written as (
      insert into pos_items as stored (tenant, item_id, system_sku, description, item_type, upc, ean, custom_sku,
        manufacturer_sku, manufacturer_id, tax_class_id, taxable, upc_key, ean_key, upc_raw, ean_raw, mpn_key, archived,
        prices, time_stamp, seen_at, retired_at)
      select ${tenant}, "itemId", "systemSku", description, "itemType", upc, ean, "customSku", "manufacturerSku",
        "manufacturerId", "taxClassId", taxable, "upcKey", "eanKey", "upcRaw", "eanRaw", "mpnKey", archived, prices,
        "timeStamp", clock_timestamp(), null
      from page
      on conflict (tenant, item_id) do update set
        system_sku = excluded.system_sku, description = excluded.description, item_type = excluded.item_type,
        upc = excluded.upc, ean = excluded.ean, custom_sku = excluded.custom_sku,
        manufacturer_sku = excluded.manufacturer_sku, manufacturer_id = excluded.manufacturer_id,
        tax_class_id = excluded.tax_class_id, taxable = excluded.taxable, upc_key = excluded.upc_key,
        ean_key = excluded.ean_key, upc_raw = excluded.upc_raw, ean_raw = excluded.ean_raw, mpn_key = excluded.mpn_key,
        archived = excluded.archived, prices = excluded.prices, time_stamp = excluded.time_stamp,
        seen_at = excluded.seen_at, retired_at = null
      where stored.time_stamp <= excluded.time_stamp and (stored.retired_at is not null
        or (stored.system_sku, stored.description, stored.item_type, stored.upc, stored.ean,
          stored.custom_sku, stored.manufacturer_sku, stored.manufacturer_id, stored.tax_class_id,
          stored.taxable, stored.upc_key, stored.ean_key, stored.upc_raw, stored.ean_raw,
          stored.mpn_key, stored.archived, stored.prices, stored.time_stamp)
          is distinct from
          (excluded.system_sku, excluded.description, excluded.item_type, excluded.upc, excluded.ean,
          excluded.custom_sku, excluded.manufacturer_sku, excluded.manufacturer_id,
          excluded.tax_class_id, excluded.taxable, excluded.upc_key, excluded.ean_key, excluded.upc_raw,
          excluded.ean_raw, excluded.mpn_key, excluded.archived, excluded.prices, excluded.time_stamp))
      returning item_id
    ), told as (
      insert into touched (tenant, kind, key)
      select ${tenant}, 'till', item_id from (
        select item_id from written
        union select item_id from pos_items join page on item_id = "itemId" where tenant = ${tenant} and retired_at is not null
      ) new where ${isPulled(tenant)}
    )
    update pos_items set seen_at = clock_timestamp(), retired_at = null
    where tenant = ${tenant}
      and item_id = any (array(select "itemId" from page except select item_id from written))`);
}
