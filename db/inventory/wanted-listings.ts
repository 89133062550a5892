import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import type { DecideScope } from './decide-scope.ts';
import { inScope } from './decide-scope.ts';
import { reservations } from './reservations.ts';

/**
 * What the storefront should show of every mapped catalogue item in scope (R8, R10–R13, R19), and a tombstone for each
 * listing that is no longer mapped: common table expressions, the last of them `wanted`, to go behind `with`.
 * Quantity per location and in total is what can be sold, as the till has it, less what is promised to orders, less the
 * safety stock: at each location its units stay, as far as they are there. A shop below zero lowers the total.
 * `on_shelf` is the total before promises and safety stock, `promised` the units of orders.
 * @param moment ISO: as of when. @param unpaidMs how long an unpaid order reserves its units.
 */
export function wantedListings(tenant: string, scope: DecideScope, moment: string, unpaidMs: number): SQL {
  // Where loops are ruled out, the planner reads a whole table rather than look up what another names: so it is told.
  const ofMapped = (itemId: SQL) =>
    scope === 'everything'
      ? sql``
      : sql`and ${itemId} = any(array(
          select item_id from mappings k where k.tenant = ${tenant} ${inScope.sku(scope, sql`k.sku`)}))`;
  return sql`
    settings as materialized (
      select (import_settings ->> 'onHand')::boolean as on_hand, (import_settings ->> 'onOrder')::boolean as on_order,
        (import_settings ->> 'reorder')::boolean as reorder, (pricing ->> 'enabled')::boolean as is_priced,
        pricing ->> 'regularPriceLevelId' as regular_level, pricing ->> 'salePriceLevelId' as sale_level
      from setups where tenant = ${tenant}
    ), places as materialized (
      select distinct location_id from store_mappings where tenant = ${tenant}
    ), reserved as materialized (
      select sku, location_id, sum(units) as units from (${reservations(tenant, scope, moment, unpaidMs)}) r group by sku, location_id
    ), held as materialized (
      select sku, sum(units) as units from reserved group by sku
    ), mapped as materialized (
      select m.sku, m.item_id, c.sale_starts_at, c.sale_ends_at, i.archived or i.retired_at is not null as is_gone,
        case when round((i.prices ->> s.regular_level)::numeric, 2) > 0
          then round((i.prices ->> s.regular_level)::numeric, 2) end as regular,
        case when round((i.prices ->> s.sale_level)::numeric, 2) > 0
          then round((i.prices ->> s.sale_level)::numeric, 2) end as sale
      from mappings m
      join catalog_items c on c.tenant = m.tenant and c.sku = m.sku ${inScope.sku(scope, sql`c.sku`)}
      join pos_items i on i.tenant = m.tenant and i.item_id = m.item_id ${ofMapped(sql`i.item_id`)}
      cross join settings s
      where m.tenant = ${tenant} ${inScope.sku(scope, sql`m.sku`)}
    ), stock as materialized (
      select s.item_id, m.location_id, sum(s.sellable) as sellable, sum(s.qoh) as qoh, sum(s.backorder) as backorder,
        bool_or(s.reorder_point > 0 or s.reorder_level > 0) as reorder
      from pos_stock s join store_mappings m on m.tenant = s.tenant and m.shop_id = s.shop_id
      where s.tenant = ${tenant} ${ofMapped(sql`s.item_id`)} and s.item_id in (select item_id from mapped) group by s.item_id, m.location_id
    ), totals as materialized (
      select item_id, least(sum(sellable), sum(qoh)) as available, sum(qoh) as qoh, sum(backorder) as backorder,
        bool_or(reorder) as reorder
      from stock group by item_id
    ), safety as materialized (
      select level, key, units from safety_stock where tenant = ${tenant}
    ), located as materialized (
      select sku, jsonb_object_agg(location_id, greatest(0, floor(free - safe))::int) as quantities,
        sum(greatest(0, least(safe, free))) as kept
      from (
        select m.sku, l.location_id, coalesce(least(s.sellable, s.qoh), 0) - coalesce(r.units, 0) as free,
          coalesce(of_sku.units, of_place.units, of_all.units, 0) as safe
        from mapped m cross join places l
        left join stock s on s.item_id = m.item_id and s.location_id = l.location_id
        left join reserved r on r.sku = m.sku and r.location_id = l.location_id
        left join safety of_sku on of_sku.level = 'sku' and of_sku.key = m.sku
        left join safety of_place on of_place.level = 'location' and of_place.key = l.location_id
        left join safety of_all on of_all.level = 'tenant'
      ) placed group by sku
    ), decided as materialized (
      select m.sku, m.item_id,
        case when m.is_gone then 'archived'
          when s.is_priced and m.regular is null then 'no-price'
          when s.on_hand and t.qoh > 0 then 'on-hand'
          when s.on_order and t.backorder > 0 then 'on-order'
          when s.reorder and t.reorder then 'reorder'
          when t.item_id is null then 'not-in-mapped-shops'
          else 'no-import-setting-holds' end as reason,
        case when m.is_gone then 0
          else greatest(0, floor(coalesce(t.available, 0) - coalesce(h.units, 0) - coalesce(q.kept, 0)))::int end as quantity,
        case when m.is_gone then 0 else coalesce(t.available, 0) end as on_shelf, coalesce(h.units, 0) as promised,
        case when m.is_gone then '{}'::jsonb else coalesce(q.quantities, '{}'::jsonb) end as quantities,
        case when s.is_priced then m.regular end as price,
        case when not s.is_priced or s.sale_level is null or m.sale is null then null
          when m.sale >= m.regular then 'The sale price is not below the regular price.'
          when m.sale_starts_at is null then 'The storefront has set no sale start date.'
          when m.sale_starts_at > ${moment}::timestamptz then 'The sale has not begun.'
          when m.sale_ends_at <= ${moment}::timestamptz then 'The sale has ended.' end as sale_reason,
        case when s.is_priced and s.sale_level is not null then m.sale end as sale
      from mapped m cross join settings s
      left join totals t on t.item_id = m.item_id
      left join held h on h.sku = m.sku
      left join located q on q.sku = m.sku
    ), wanted as (
      select sku, item_id, false as removed, reason in ('on-hand', 'on-order', 'reorder') as displayed, reason, quantity,
        on_shelf, promised, quantities, price, case when sale_reason is null and price is not null then sale end as sale_price, sale_reason
      from decided
      union all
      select sku, null, true, false, 'unmapped', 0, 0, 0, '{}'::jsonb, null, null, null
      from listings l where l.tenant = ${tenant} ${inScope.sku(scope, sql`l.sku`)} and not l.removed
        and not exists (select from decided d where d.sku = l.sku)
    )`;
}
