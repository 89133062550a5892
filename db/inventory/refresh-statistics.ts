import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../database.ts';

const tables = ['pos_items', 'pos_stock', 'catalog_items'] as const;

/** As autovacuum counts, which comes a minute later: after a first pull the planner would know of no rows until then. */
const staleRows = 1_000;
const staleShare = 0.1;

/** Lets the planner know how much a pull has brought, if it is much. */
export async function refreshPullStatistics(db: Database): Promise<void> {
  const stale = await db.execute<{ relname: string }>(sql`
    select relname from pg_stat_user_tables
    where schemaname = current_schema and relname in ${tables}
      and n_mod_since_analyze > ${staleRows}::float8 + ${staleShare}::float8 * n_live_tup`);
  for (const { relname } of stale) await db.execute(sql`analyze ${sql.identifier(relname)}`);
}

/** The same of the mappings, for the statements that come after them in the transaction that has written so many. */
export async function refreshMappingStatistics(tx: Transaction, written: number): Promise<void> {
  if (written > staleRows) await tx.execute(sql`analyze mappings`);
}
