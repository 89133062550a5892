import { sql } from 'drizzle-orm';
import type { Transaction } from '../database.ts';
import type { DecideScope } from './decide-scope.ts';
import { wantedListings } from './wanted-listings.ts';

/** Versions of the feed that a publication took: `from` to `to`. */
export interface Published {
  count: number;
  from: number;
  to: number;
}

/**
 * Publishes what the storefront should show and does not yet. Versions are taken from the tenant's row in the same
 * statement, so that commit order is version order.
 * @param moment ISO: as of when. @param unpaidMs how long an unpaid order reserves its units.
 */
export async function publishListings(
  tx: Transaction,
  tenant: string,
  { scope, moment, unpaidMs }: { scope: DecideScope; moment: string; unpaidMs: number },
): Promise<Published | null> {
  const [row] = await tx.execute<{ count: number; to: number | null }>(sql`
    with ${wantedListings(tenant, scope, moment, unpaidMs)}, changed as materialized (
      select w.*, row_number() over (order by w.sku) as place from wanted w
      left join listings l on l.tenant = ${tenant} and l.sku = w.sku
      where l.sku is null
        or (l.item_id, l.removed, l.displayed, l.reason, l.quantity, l.quantity_by_location, l.price, l.sale_price, l.sale_reason)
          is distinct from
          (w.item_id, w.removed, w.displayed, w.reason, w.quantity, w.quantities, w.price, w.sale_price, w.sale_reason)
    ), total as (
      select count(*) as count from changed
    ), taken as materialized (
      update tenants set feed_version = feed_version + total.count from total
      where tenants.tenant = ${tenant} and total.count > 0
      returning tenants.feed_version - total.count as base, tenants.feed_version as newest
    ), written as (
      insert into listings (tenant, sku, version, item_id, removed, displayed, reason, quantity, quantity_by_location,
        price, sale_price, sale_reason, updated_at)
      select ${tenant}, sku, taken.base + place, item_id, removed, displayed, reason, quantity, quantities, price,
        sale_price, sale_reason, now()
      from changed cross join taken
      on conflict (tenant, sku) do update set version = excluded.version, item_id = excluded.item_id,
        removed = excluded.removed, displayed = excluded.displayed, reason = excluded.reason,
        quantity = excluded.quantity, quantity_by_location = excluded.quantity_by_location, price = excluded.price,
        sale_price = excluded.sale_price, sale_reason = excluded.sale_reason, updated_at = now()
    )
    select total.count::int as count, (select newest::float8 from taken) as to from total`);
  const { count, to } = row!;
  return to === null ? null : { count, from: to - count + 1, to };
}
