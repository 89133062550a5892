import { sql } from 'drizzle-orm';
import type { ItemFacts } from '../../domain/inventory/explain-item.ts';
import type { Database } from '../database.ts';
import { notComparedYet } from './list-mappings.ts';
import { posItemReasons } from './pos-item-reason.ts';

/**
 * What matching and publishing have said about each of these, with the figures behind it: the rows themselves, and no
 * rule. Mapped or not, in the order asked.
 */
export async function readItemFacts(
  db: Database,
  tenant: string,
  asked: { sku: string | null; itemId: string | null }[],
): Promise<ItemFacts[]> {
  const unmapped = sql`
    select value ->> 'itemId' as item_id from jsonb_array_elements(${JSON.stringify(asked)}::jsonb)
    where value ->> 'sku' is null`;
  const rows = await db.execute<{ facts: ItemFacts }>(sql`
    select jsonb_build_object(
      'sku', c.sku, 'itemId', i.item_id, 'description', coalesce(c.description, i.description),
      'catalog', case when c.sku is not null then jsonb_build_object('gtin1', c.gtin1, 'gtin2', c.gtin2, 'mpn', c.mpn,
        'brand', c.brand, 'saleStart', c.sale_start, 'saleEnd', c.sale_end) end,
      'pos', case when i.item_id is not null then jsonb_build_object('systemSku', i.system_sku,
        'description', i.description, 'upc', i.upc, 'ean', i.ean, 'manufacturerSku', i.manufacturer_sku,
        'brand', b.name, 'isGone', i.archived or i.retired_at is not null) end,
      'mapping', case when c.sku is not null then jsonb_build_object('state', coalesce(m.state, 'unmatched'),
        'matchedBy', m.matched_by, 'reason', coalesce(m.reason, ${notComparedYet}),
        'candidates', coalesce(m.candidates, '[]')) end,
      'unmapped', case when u.item_id is not null then jsonb_build_object('state', u.state, 'reason', u.reason) end,
      'listing', case when l.sku is not null and not l.removed then jsonb_build_object('displayed', l.displayed,
        'reason', l.reason, 'quantity', l.quantity, 'price', l.price::text, 'salePrice', l.sale_price::text,
        'saleReason', l.sale_reason) end,
      'held', case when h.sku is not null then jsonb_build_object('state', h.state, 'displayed', h.displayed,
        'quantity', h.quantity, 'price', h.price::text) end,
      'shops', coalesce(shops.figures, '[]'),
      'importSettings', s.import_settings,
      'prices', case when (s.pricing ->> 'enabled')::boolean then jsonb_build_object(
        'regularPriceLevelId', s.pricing ->> 'regularPriceLevelId', 'regular', i.prices ->> (s.pricing ->> 'regularPriceLevelId'),
        'salePriceLevelId', s.pricing ->> 'salePriceLevelId', 'sale', i.prices ->> (s.pricing ->> 'salePriceLevelId')) end
    ) as facts
    from jsonb_array_elements(${JSON.stringify(asked)}::jsonb) with ordinality as asked(value, place)
    left join setups s on s.tenant = ${tenant}
    left join catalog_items c on c.tenant = ${tenant} and c.sku = asked.value ->> 'sku'
    left join mappings m on m.tenant = ${tenant} and m.sku = c.sku
    left join listings l on l.tenant = ${tenant} and l.sku = c.sku
    left join proposal_rows h on h.tenant = ${tenant} and h.sku = c.sku and h.state in ('held', 'rejected')
    left join pos_items i on i.tenant = ${tenant} and i.item_id = asked.value ->> 'itemId'
    left join pos_manufacturers b on b.tenant = ${tenant} and b.manufacturer_id = i.manufacturer_id
    left join (${posItemReasons(tenant, unmapped)}) u on c.sku is null and u.item_id = i.item_id
    left join lateral (
      select jsonb_agg(jsonb_build_object('shopId', shop_id, 'shopName', shop_name, 'locationId', location_id,
        'onHand', coalesce(qoh, 0)::float8, 'onOrder', coalesce(backorder, 0)::float8,
        'reorderPoint', coalesce(reorder_point, 0)::float8, 'reorderLevel', coalesce(reorder_level, 0)::float8)
        order by location_id is null, length(shop_id), shop_id) as figures
      from (
        select coalesce(p.shop_id, k.shop_id) as shop_id, k.shop_name, k.location_id, p.qoh, p.backorder,
          p.reorder_point, p.reorder_level
        from (select * from store_mappings where tenant = ${tenant}) k
        full join (select * from pos_stock where tenant = ${tenant} and item_id = i.item_id) p on p.shop_id = k.shop_id
      ) figures
    ) shops on i.item_id is not null
    order by asked.place`);
  return rows.map(({ facts }) => facts);
}
