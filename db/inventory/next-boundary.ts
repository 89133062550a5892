import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';

/** How long until the next sale of the tenant begins or ends, in ms by the database's clock; null if none will (R13). */
export async function nextBoundaryMs(db: Database, tenant: string): Promise<number | null> {
  const [row] = await db.execute<{ waitMs: number | null }>(sql`
    select (extract(epoch from min(moment) - now()) * 1000)::float8 as "waitMs" from (
      select sale_starts_at as moment from catalog_items where tenant = ${tenant} and sale_starts_at > now()
      union all
      select sale_ends_at from catalog_items where tenant = ${tenant} and sale_ends_at > now()
    ) boundaries`);
  return row!.waitMs === null ? null : Math.max(0, Math.ceil(row!.waitMs));
}
