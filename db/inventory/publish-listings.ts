import { sql } from 'drizzle-orm';
import type { Transaction } from '../database.ts';
import type { DecideScope } from './decide-scope.ts';
import { inScope } from './decide-scope.ts';
import type { Guard } from './guard.ts';
import { isWatched } from './guard.ts';
import { wantedListings } from './wanted-listings.ts';

/** How many listings a publication changed; of these, how many it made, showed or hid. */
export interface ListingCounts {
  listingsChanged: number;
  /** Of SKUs that had none. */
  mapped: number;
  shown: number;
  /** Hidden or taken away. */
  hidden: number;
}

export const noListings: ListingCounts = { listingsChanged: 0, mapped: 0, shown: 0, hidden: 0 };

/** With the versions of the feed that it took: `from` to `to`. */
export interface Published {
  counts: ListingCounts;
  from: number;
  to: number;
}

/**
 * Publishes what the storefront should show and does not yet, but for what the guard holds: that becomes the tenant's
 * proposal, in place of what was proposed of the scope before. A held loss leaves its listing as it is, but for the
 * units that orders take meanwhile; a held price only the price. Versions are taken from the tenant's row in the same statement, so that commit order is version order.
 * @param moment ISO: as of when. @param unpaidMs how long an unpaid order reserves its units.
 */
export async function publishListings(
  tx: Transaction,
  tenant: string,
  { scope, moment, unpaidMs, guard }: { scope: DecideScope; moment: string; unpaidMs: number; guard: Guard },
): Promise<Published | null> {
  const { smallest, lossShare, mostLosses, priceMove, priceShare } = guard.settings;
  const since = sql`${moment}::timestamptz - interval '24 hours'`;
  const displayed = sql`(select count(*) from listings where tenant = ${tenant} and displayed and not removed)`;
  const [row] = await tx.execute<Record<keyof ListingCounts, number> & { to: number | null }>(sql`
    with ${wantedListings(tenant, scope, moment, unpaidMs)}, compared as materialized (
      select w.*, l.item_id as from_item_id, l.reason as from_reason, l.price as from_price, l.sale_price as from_sale_price,
        l.sale_reason as from_sale_reason, l.quantity_by_location as from_quantities,
        greatest(0, l.quantity - floor(greatest(0, w.promised - case p.kind when 'loss' then p.promised else w.promised end)))::int
          as left_over,
        ${isWatched(guard)} as is_watched,
        coalesce(l.displayed and not l.removed
          and (not w.displayed or (l.quantity > 0 and w.quantity = 0 and w.on_shelf <= 0)), false) as is_loss,
        coalesce(l.displayed and w.displayed and (abs(w.price - l.price) > ${priceMove}::numeric * l.price
          or abs(w.sale_price - l.sale_price) > ${priceMove}::numeric * l.sale_price), false) as is_reprice,
        case p.kind
          when 'loss' then (p.item_id, p.removed, p.displayed, p.reason, p.quantity)
            is not distinct from (w.item_id, w.removed, w.displayed, w.reason, w.quantity)
          when 'price' then (p.price, p.sale_price) is not distinct from (w.price, w.sale_price) end as is_proposed,
        p.state as verdict
      from wanted w
      left join listings l on l.tenant = ${tenant} and l.sku = w.sku ${inScope.sku(scope, sql`l.sku`)}
      left join proposal_rows p on p.tenant = ${tenant} and p.sku = w.sku
      where l.sku is null
        or (l.item_id, l.removed, l.displayed, l.reason, l.quantity, l.quantity_by_location, l.price, l.sale_price, l.sale_reason)
          is distinct from
          (w.item_id, w.removed, w.displayed, w.reason, w.quantity, w.quantities, w.price, w.sale_price, w.sale_reason)
    ), judged as materialized (
      select c.*, case when not is_watched or not (is_loss or is_reprice) then 'free'
          when is_proposed and verdict in ('approved', 'rejected') then verdict
          when is_loss then 'loss' else 'price' end as judgement
      from compared c
    ), tally as materialized (
      select count(*) filter (where judgement = 'loss') as losses, count(*) filter (where judgement = 'price') as prices,
        (select count(*) from listings l where l.tenant = ${tenant} and l.lost_at > ${since}
          and not exists (select from judged j where j.sku = l.sku and j.judgement = 'loss')) as lost,
        (select count(*) from listings l where l.tenant = ${tenant} and l.repriced_at > ${since}
          and not exists (select from judged j where j.sku = l.sku and j.judgement = 'price')) as repriced
      from judged
    ), verdicts as materialized (
      select case when losses = 0 or losses + lost <= ${smallest} then false
          else losses + lost > least(${mostLosses}::numeric, greatest(${smallest}::numeric, ${lossShare}::numeric * (${displayed} + lost)))
          end as holds_losses,
        case when prices = 0 or prices + repriced <= ${smallest} then false
          else prices + repriced > greatest(${smallest}::numeric, ${priceShare}::numeric * ${displayed}) end as holds_prices
      from tally
    ), withheld as materialized (
      select j.*, judgement = 'loss' or (judgement = 'rejected' and is_loss) as keeps_all
      from judged j cross join verdicts v
      where (judgement = 'loss' and holds_losses) or (judgement = 'price' and holds_prices) or judgement = 'rejected'
    ), proposed as (
      insert into proposal_rows as stored (tenant, sku, kind, state, is_checked, from_item_id, item_id, removed, displayed,
        reason, quantity, price, sale_price, promised)
      select ${tenant}, sku, judgement, 'held', false, from_item_id, item_id, removed, displayed, reason, quantity, price,
        sale_price, promised
      from withheld where judgement <> 'rejected'
      on conflict (tenant, sku) do update set kind = excluded.kind, state = 'held', from_item_id = excluded.from_item_id,
        item_id = excluded.item_id, removed = excluded.removed, displayed = excluded.displayed, reason = excluded.reason,
        quantity = excluded.quantity, price = excluded.price, sale_price = excluded.sale_price,
        promised = excluded.promised,
        is_checked = stored.is_checked and stored.kind = excluded.kind and stored.item_id is not distinct from excluded.item_id
    ), rejected as (
      update proposal_rows p set promised = h.promised from withheld h
      where p.tenant = ${tenant} and p.sku = h.sku and h.judgement = 'rejected' and p.promised <> h.promised
    ), withdrawn as (
      delete from proposal_rows p where p.tenant = ${tenant} ${inScope.sku(scope, sql`p.sku`)}
        and not exists (select from withheld h where h.sku = p.sku)
    ), released as (
      select j.sku, j.item_id, j.removed, j.displayed, j.reason, j.quantity, j.quantities,
        case when h.sku is null then j.price else j.from_price end as price,
        case when h.sku is null then j.sale_price else j.from_sale_price end as sale_price,
        case when h.sku is null then j.sale_reason else j.from_sale_reason end as sale_reason,
        case when j.is_watched and j.is_loss and j.judgement <> 'approved' then ${moment}::timestamptz end as lost_at,
        case when j.is_watched and j.is_reprice and h.sku is null and j.judgement <> 'approved' then ${moment}::timestamptz end as repriced_at
      from judged j left join withheld h on h.sku = j.sku
      where h.keeps_all is not true
      union all
      select sku, from_item_id, false, true, from_reason, left_over,
        (select coalesce(jsonb_object_agg(place.key, least(place.value::int, left_over)), '{}')
          from jsonb_each_text(from_quantities) place),
        from_price, from_sale_price, from_sale_reason, null, null
      from withheld where keeps_all
    ), changed as materialized (
      select r.*, row_number() over (order by r.sku) as place, coalesce(l.displayed, false) as was_displayed,
        l.sku is null or l.removed as was_unmapped
      from released r
      left join listings l on l.tenant = ${tenant} and l.sku = r.sku ${inScope.sku(scope, sql`l.sku`)}
      where l.sku is null
        or (l.item_id, l.removed, l.displayed, l.reason, l.quantity, l.quantity_by_location, l.price, l.sale_price, l.sale_reason)
          is distinct from
          (r.item_id, r.removed, r.displayed, r.reason, r.quantity, r.quantities, r.price, r.sale_price, r.sale_reason)
    ), total as (
      select count(*) as count, count(*) filter (where was_unmapped and not removed) as mapped,
        count(*) filter (where displayed and not was_displayed) as shown,
        count(*) filter (where was_displayed and not displayed) as hidden
      from changed
    ), taken as materialized (
      update tenants set feed_version = feed_version + total.count from total
      where tenants.tenant = ${tenant} and total.count > 0
      returning tenants.feed_version - total.count as base, tenants.feed_version as newest
    ), written as (
      insert into listings as stored (tenant, sku, version, item_id, removed, displayed, reason, quantity,
        quantity_by_location, price, sale_price, sale_reason, updated_at, lost_at, repriced_at)
      select ${tenant}, sku, taken.base + place, item_id, removed, displayed, reason, quantity, quantities, price,
        sale_price, sale_reason, now(), lost_at, repriced_at
      from changed cross join taken
      on conflict (tenant, sku) do update set version = excluded.version, item_id = excluded.item_id,
        removed = excluded.removed, displayed = excluded.displayed, reason = excluded.reason,
        quantity = excluded.quantity, quantity_by_location = excluded.quantity_by_location, price = excluded.price,
        sale_price = excluded.sale_price, sale_reason = excluded.sale_reason, updated_at = now(),
        lost_at = case when excluded.displayed and excluded.quantity > 0 then null
          else coalesce(excluded.lost_at, stored.lost_at) end,
        repriced_at = coalesce(excluded.repriced_at, stored.repriced_at)
    )
    select total.count::int as "listingsChanged", total.mapped::int as mapped, total.shown::int as shown,
      total.hidden::int as hidden, (select newest::float8 from taken) as to
    from total`);
  const { to, ...counts } = row!;
  return to === null ? null : { counts, from: to - counts.listingsChanged + 1, to };
}
