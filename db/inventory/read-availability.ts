import { sql } from 'drizzle-orm';
import type { ListingReason } from '../../domain/inventory/listing-reason.ts';
import type { Database } from '../database.ts';
import { readClock } from './read-clock.ts';
import { wantedListings } from './wanted-listings.ts';

/** What our tables have of a SKU now, by the rule of listings; the rest null where it isn't mapped. */
export interface Available {
  sku: string;
  isInCatalog: boolean;
  /** Why it is mapped or not. */
  mappingReason: string | null;
  itemId: string | null;
  isGone: boolean;
  displayed: boolean | null;
  reason: ListingReason | null;
  quantity: number | null;
  quantityByLocation: Record<string, number> | null;
  /** When the item alone was last asked for, by our clock. */
  readAt: Date | null;
  /** Of the database's clock. */
  now: Date;
}

/**
 * Decides, without writing anything, what the storefront should show of some SKUs as of now: reservations and all else
 * count as in a listing, also what has not been published yet. In the order asked.
 * @param unpaidMs how long an unpaid order reserves its units.
 */
export async function readAvailability(
  db: Database,
  tenant: string,
  skus: string[],
  unpaidMs: number,
): Promise<Available[]> {
  const moment = await readClock(db);
  const rows = await db.execute<Omit<Available, 'readAt' | 'now'> & { readAt: string | null; now: string }>(sql`
    with ${wantedListings(tenant, { skus, itemIds: [] }, moment, unpaidMs)}
    select asked.sku, c.sku is not null as "isInCatalog", m.reason as "mappingReason", w.item_id as "itemId",
      coalesce(w.reason = 'archived', false) as "isGone", w.displayed, w.reason, w.quantity,
      w.quantities as "quantityByLocation", r.read_at as "readAt", clock_timestamp() as now
    from unnest(${sql.param(skus)}::text[]) with ordinality as asked(sku, place)
    left join catalog_items c on c.tenant = ${tenant} and c.sku = asked.sku
    left join mappings m on m.tenant = ${tenant} and m.sku = asked.sku
    left join wanted w on w.sku = asked.sku and not w.removed
    left join live_reads r on r.tenant = ${tenant} and r.item_id = w.item_id
    order by asked.place`);
  return rows.map(({ readAt, now, ...row }) => ({
    ...row,
    readAt: readAt === null ? null : new Date(readAt),
    now: new Date(now),
  }));
}
