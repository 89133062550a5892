import type { Sql } from 'postgres';

/** As before the first pull: nothing read, nothing matched, nothing published. */
export async function forgetPulls(sql: Sql): Promise<void> {
  await sql`truncate pos_items, pos_stock, pos_manufacturers, mappings, listings, pull_cursors, touched`;
  await sql`vacuum analyze`;
}
