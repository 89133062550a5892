import { sql } from 'drizzle-orm';
import { normaliseGtin } from '../../domain/inventory/gtin.ts';
import { normaliseMpn } from '../../domain/inventory/mpn.ts';
import type { Database } from '../database.ts';

/** A catalogue item, a POS item, or a pair of them that are mapped to each other, with the fields that bear the code. */
export interface FoundByCode {
  sku: string | null;
  itemId: string | null;
  fields: string[];
}

/**
 * Everything that a code may mean: a SKU, a UPC or EAN in any spelling, an MPN in any spelling, Lightspeed's System ID,
 * custom SKU or item id. A catalogue item comes with the POS item it is mapped to and the other way round, once.
 * @param limit of each side.
 */
export async function findByCode(db: Database, tenant: string, code: string, limit: number): Promise<FoundByCode[]> {
  const { gtin14, identical } = normaliseGtin(code);
  const mpn = normaliseMpn(code);
  return db.execute<FoundByCode & Record<string, unknown>>(sql`
    with asked as materialized (
      select ${code}::text as code, ${gtin14}::text as gtin, ${identical}::text as raw, ${mpn}::text as part
    ), web as materialized (
      select c.sku, array_remove(array[
          case when c.sku = code then 'sku' end, case when c.gtin1_key = gtin or c.gtin1_raw = raw then 'gtin1' end,
          case when c.gtin2_key = gtin or c.gtin2_raw = raw then 'gtin2' end, case when c.mpn_key = part then 'mpn' end
        ], null) as fields
      from catalog_items c cross join asked
      where c.tenant = ${tenant} and (c.sku = ${code} or c.gtin1_key = ${gtin14} or c.gtin2_key = ${gtin14}
        or c.gtin1_raw = ${identical} or c.gtin2_raw = ${identical} or c.mpn_key = ${mpn})
      order by c.sku limit ${limit}
    ), till as materialized (
      select i.item_id, array_remove(array[
          case when i.item_id = code then 'itemId' end, case when i.system_sku = code then 'systemSku' end,
          case when i.custom_sku = code then 'customSku' end, case when i.upc_key = gtin or i.upc_raw = raw then 'upc' end,
          case when i.ean_key = gtin or i.ean_raw = raw then 'ean' end,
          case when i.mpn_key = part then 'manufacturerSku' end
        ], null) as fields
      from pos_items i cross join asked
      where i.tenant = ${tenant} and (i.item_id = ${code} or i.system_sku = ${code} or i.custom_sku = ${code}
        or i.upc_key = ${gtin14} or i.ean_key = ${gtin14} or i.upc_raw = ${identical} or i.ean_raw = ${identical}
        or i.mpn_key = ${mpn})
      order by i.archived or i.retired_at is not null, i.item_id limit ${limit}
    ), pairs as (
      select w.sku, m.item_id, w.fields from web w left join mappings m on m.tenant = ${tenant} and m.sku = w.sku
      union all
      select m.sku, t.item_id, t.fields from till t left join mappings m on m.tenant = ${tenant} and m.item_id = t.item_id
    )
    select sku, item_id as "itemId", array_agg(distinct field) as fields
    from pairs, unnest(fields) field
    group by sku, item_id order by sku nulls last, item_id limit ${limit}`);
}
