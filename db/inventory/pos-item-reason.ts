import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';

/**
 * Rows of (item_id, state, reason) that say why no catalogue item is mapped to these POS items, in plain words: the first
 * that holds. Items that are mapped have no row.
 * @param items a query that gives `item_id`; it may bear a limit.
 */
export function posItemReasons(tenant: string, items: SQL): SQL {
  return sql`
    with asked as materialized (${items}),
    waiting as materialized (
      select c.item_id, min(m.state) as state, string_agg(m.sku, ', ' order by m.sku) as skus
      from mappings m, jsonb_to_recordset(m.candidates) as candidate("itemId" text)
      join asked c on c.item_id = candidate."itemId"
      where m.tenant = ${tenant} and m.state in ('pending', 'ambiguous')
      group by c.item_id
    ), refused as (
      select d.item_id, string_agg(d.sku, ', ' order by d.sku) as skus
      from mapping_decisions d join asked using (item_id)
      where d.tenant = ${tenant} and d.decision = 'rejected' group by d.item_id
    )
    select i.item_id,
      case when i.archived or i.retired_at is not null then 'archived' when w.item_id is not null then 'candidate'
        when coalesce(i.upc_key, i.ean_key, i.upc_raw, i.ean_raw, i.mpn_key) is null then 'missing-keys'
        else 'not-in-catalogue' end as state,
      case when i.archived or i.retired_at is not null then 'This POS item is archived or gone in Lightspeed.'
        when w.state = 'pending' then 'It may be catalogue item ' || w.skus || ': say yes or no under mappings.'
        when w.item_id is not null
          then 'It is one of several possible matches of catalogue item ' || w.skus || ': choose under mappings.'
        when r.item_id is not null then 'A person said that it is not catalogue item ' || r.skus || '.'
        when coalesce(i.upc_key, i.ean_key, i.upc_raw, i.ean_raw, i.mpn_key) is null
          then 'This POS item has no UPC, EAN or manufacturer SKU to match by: add one in Lightspeed.'
        when coalesce(i.upc_key, i.ean_key) is null and coalesce(i.upc_raw, i.ean_raw) is not null
          then 'Its UPC or EAN is no valid code, and no catalogue item bears the same text: correct it in Lightspeed.'
        else 'No catalogue item bears its UPC, EAN or manufacturer SKU: compare them, or add the item to the storefront.'
        end as reason
    from asked join pos_items i on i.tenant = ${tenant} and i.item_id = asked.item_id
    left join waiting w on w.item_id = i.item_id
    left join refused r on r.item_id = i.item_id
    where not exists (select from mappings m where m.tenant = ${tenant} and m.item_id = i.item_id)`;
}
