import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import type { Transaction } from '../database.ts';
import type { DecideScope } from './decide-scope.ts';
import type { Touched } from './take-touched.ts';

/** A neighbourhood larger than this is decided as everything. */
const mostNeighbours = 20_000;

/**
 * Everything that the touched may bear on, and that may bear on them: catalogue and POS items that share a key with one
 * of them, were mapped to one or its candidate, or were joined to one by a person; and theirs in turn, until nothing is
 * added. Ambiguity and who takes an item depend on nothing beyond. Each round is a few look-ups by index, so that the
 * work grows with what was touched, not with the catalogue.
 */
export async function findNeighbourhood(tx: Transaction, tenant: string, touched: Touched): Promise<DecideScope> {
  if (touched.everything) return 'everything';
  const skus = new Set(touched.skus);
  const itemIds = new Set(touched.itemIds);
  let newSkus = [...skus];
  let newItems = [...itemIds];
  while (newSkus.length + newItems.length > 0) {
    const [ofSkus, ofItems] = [await itemsOf(tx, tenant, newSkus), await skusOf(tx, tenant, newItems)];
    newItems = ofSkus.filter((id) => !itemIds.has(id));
    newSkus = ofItems.filter((sku) => !skus.has(sku));
    for (const id of newItems) itemIds.add(id);
    for (const sku of newSkus) skus.add(sku);
    if (skus.size + itemIds.size > mostNeighbours) return 'everything';
  }
  return { skus: [...skus], itemIds: [...itemIds] };
}

/** POS items that catalogue items touch. Arrays, not joins: so a key is looked up by index whatever the statistics say. */
async function itemsOf(tx: Transaction, tenant: string, skus: string[]): Promise<string[]> {
  if (skus.length === 0) return [];
  const rows = await tx.execute<{ id: string }>(sql`
    with web as materialized (
      select gtin1_key, gtin2_key, gtin1_raw, gtin2_raw, mpn_key from catalog_items
      where tenant = ${tenant} and sku = any(${sql.param(skus)}::text[])
    ), bound as materialized (
      select item_id, candidates from mappings where tenant = ${tenant} and sku = any(${sql.param(skus)}::text[])
    )
    select item_id as id from bound where item_id is not null
    union select c.value ->> 'itemId' from bound, jsonb_array_elements(candidates) c
    union select item_id from mapping_decisions
      where tenant = ${tenant} and decision = 'accepted' and sku = any(${sql.param(skus)}::text[])
    union ${bearing('pos_items', 'item_id', 'upc_key', tenant, codes('web', 'gtin1_key', 'gtin2_key'))}
    union ${bearing('pos_items', 'item_id', 'ean_key', tenant, codes('web', 'gtin1_key', 'gtin2_key'))}
    union ${bearing('pos_items', 'item_id', 'upc_raw', tenant, codes('web', 'gtin1_raw', 'gtin2_raw'))}
    union ${bearing('pos_items', 'item_id', 'ean_raw', tenant, codes('web', 'gtin1_raw', 'gtin2_raw'))}
    union ${bearing('pos_items', 'item_id', 'mpn_key', tenant, sql`select mpn_key from web`)}`);
  return rows.map(({ id }) => id);
}

/** Catalogue items that POS items touch. */
async function skusOf(tx: Transaction, tenant: string, itemIds: string[]): Promise<string[]> {
  if (itemIds.length === 0) return [];
  const rows = await tx.execute<{ id: string }>(sql`
    with till as materialized (
      select upc_key, ean_key, upc_raw, ean_raw, mpn_key from pos_items
      where tenant = ${tenant} and item_id = any(${sql.param(itemIds)}::text[])
    )
    select sku as id from mappings where tenant = ${tenant} and item_id = any(${sql.param(itemIds)}::text[])
    union select m.sku from unnest(${sql.param(itemIds)}::text[]) as wanted(item_id), lateral (
      select sku from mappings where tenant = ${tenant} and state in ('pending', 'ambiguous')
        and candidates @> jsonb_build_array(jsonb_build_object('itemId', wanted.item_id)) offset 0
    ) m
    union select sku from mapping_decisions
      where tenant = ${tenant} and decision = 'accepted' and item_id = any(${sql.param(itemIds)}::text[])
    union ${bearing('catalog_items', 'sku', 'gtin1_key', tenant, codes('till', 'upc_key', 'ean_key'))}
    union ${bearing('catalog_items', 'sku', 'gtin2_key', tenant, codes('till', 'upc_key', 'ean_key'))}
    union ${bearing('catalog_items', 'sku', 'gtin1_raw', tenant, codes('till', 'upc_raw', 'ean_raw'))}
    union ${bearing('catalog_items', 'sku', 'gtin2_raw', tenant, codes('till', 'upc_raw', 'ean_raw'))}
    union ${bearing('catalog_items', 'sku', 'mpn_key', tenant, sql`select mpn_key from till`)}`);
  return rows.map(({ id }) => id);
}

function bearing(table: string, id: string, key: string, tenant: string, keys: SQL): SQL {
  return sql`select ${sql.identifier(id)} from ${sql.identifier(table)}
    where tenant = ${tenant} and ${sql.identifier(key)} = any(array(${keys}))`;
}

function codes(rows: string, one: string, other: string): SQL {
  const [from, a, b] = [sql.identifier(rows), sql.identifier(one), sql.identifier(other)];
  return sql`select ${a} from ${from} union select ${b} from ${from}`;
}
