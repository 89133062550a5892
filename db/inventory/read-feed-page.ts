import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';

/**
 * Listings changed after a version, oldest change first: each listing's latest state, tombstones included. PostgreSQL
 * renders them, as text to be sent as it is: of a page's time over the bare driver, half went into objects that lived
 * only to be written out again.
 * @returns the listings' JSON, separated by commas, and the last one's version; null for an empty page.
 */
export async function readFeedPage(
  db: Database,
  tenant: string,
  after: number,
  limit: number,
): Promise<{ listings: string; last: number | null }> {
  const [row] = await db.execute<{ listings: string; last: number | null }>(sql`
    select coalesce(string_agg(row_to_json(listing)::text, ',' order by version), '') as listings,
      max(version)::float8 as last
    from (
      select sku, version, removed, displayed, reason, item_id as "itemId", quantity,
        quantity_by_location as "quantityByLocation", price::text, sale_price::text as "salePrice",
        sale_reason as "saleReason",
        to_char(updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt"
      from listings where tenant = ${tenant} and version > ${after} order by version limit ${limit}
    ) listing`);
  return row!;
}
