import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import type { Transaction } from '../database.ts';
import type { DecideScope } from './decide-scope.ts';
import { inScope } from './decide-scope.ts';

/**
 * Units of orders that are promised and still in the till's stock: rows of (sku, location_id, units). An order reserves
 * from its arrival until it is cancelled, settled or set not to be exported, or until it is exported and a stock row at
 * least as new as the sale has been read, or everything since, should the till's stamps not be in step. Unpaid orders
 * stop after `unpaidMs`; where orders aren't exported, fulfilled units stop. Units given back before the sale is sent are not sold: they reserve nothing, whether or not the snapshot
 * shows them cancelled. A line without a location is taken from that of the shop that its sale will be booked in.
 * @param moment ISO: as of when. @param unpaidMs how long an unpaid order reserves.
 */
export function reservations(tenant: string, scope: DecideScope, moment: string, unpaidMs: number): SQL {
  const ofLines = (orderId: SQL) => ofLinesInScope(tenant, scope, orderId);
  return sql`
    select l.sku, coalesce(l.location_id, home.location_id) as location_id,
      greatest(0, l.quantity - greatest(l.cancelled_quantity, coalesce(back.units, 0))
        - case when s.order_export ->> 'mode' = 'on' then 0 else coalesce(f.units, 0) end) as units
    from order_lines l
    join orders o on o.tenant = l.tenant and o.order_id = l.order_id ${ofLines(sql`o.order_id`)}
    join setups s on s.tenant = o.tenant
    left join store_mappings home on home.tenant = o.tenant and home.shop_id = s.order_export ->> 'shopId'
    left join order_exports e on e.tenant = o.tenant and e.order_id = o.order_id ${ofLines(sql`e.order_id`)}
    left join lateral (
      select sum(p.amount) as captured from payments p
      where p.tenant = o.tenant and p.order_id = o.order_id and p.state = 'captured'
    ) paid on true
    left join lateral (
      select sum(f.quantity) as units from fulfilments f
      where f.tenant = l.tenant and f.order_id = l.order_id and f.line_id = l.line_id
    ) f on true
    left join lateral (
      select sum((given ->> 'quantity')::numeric) as units
      from refunds r cross join jsonb_array_elements(r.lines) given
      where r.tenant = l.tenant and r.order_id = l.order_id and given ->> 'lineId' = l.line_id
        and (r.in_sale or coalesce(e.state, 'waiting') in ('waiting', 'attention'))
    ) back on true
    where l.tenant = ${tenant} and not l.left_stock ${inScope.sku(scope, sql`l.sku`)}
      and o.cancelled_at is null and not l.is_gift_card
      and l.quantity > l.cancelled_quantity
      and coalesce(e.state, 'waiting') not in ('cancelled', 'not-exported', 'resolved')
      and not (coalesce(paid.captured, 0) < o.total and coalesce(e.state, 'waiting') = 'waiting'
        and o.arrived_at < ${moment}::timestamptz - ${unpaidMs} * interval '1 millisecond')
      and ${hasLeftStock} is not true`;
}

/** Where loops are ruled out, the planner reads all orders rather than look up what the lines name: so it is told. */
function ofLinesInScope(tenant: string, scope: DecideScope, orderId: SQL): SQL {
  if (scope === 'everything') return sql``;
  return sql`and ${orderId} = any(array(
    select order_id from order_lines k where k.tenant = ${tenant} and not k.left_stock ${inScope.sku(scope, sql`k.sku`)}))`;
}

/** Whether an order `e` is sold, and its line `l` is out of the till's stock as it was read. */
const hasLeftStock = sql`(e.state = 'exported' and (exists (
    select from pos_stock st
    where st.tenant = l.tenant and st.time_stamp >= e.sale_completed_at
      and st.item_id = (select m.item_id from mappings m where m.tenant = l.tenant and m.sku = l.sku))
  or exists (select from sync_runs r where r.tenant = l.tenant and r.mode = 'full'
    and r.state in ('succeeded', 'held') and r.started_at > e.exported_at)))`;

/**
 * Marks lines in scope that promise nothing any more, so that no later decision looks at all that was ever sold. One that
 * is being told of anew is left for the next decision: whoever tells may wait for what this transaction holds.
 */
export async function markLeftStock(tx: Transaction, tenant: string, scope: DecideScope): Promise<void> {
  await tx.execute(sql`
    update order_lines set left_stock = true where ctid = any(array(
      select l.ctid from order_lines l
      join order_exports e on e.tenant = l.tenant and e.order_id = l.order_id
        ${ofLinesInScope(tenant, scope, sql`e.order_id`)}
      where l.tenant = ${tenant} and not l.left_stock ${inScope.sku(scope, sql`l.sku`)} and ${hasLeftStock}
      for update of l skip locked))`);
}
