import { sql } from 'drizzle-orm';
import { sealedPattern } from '../../runtime/key-ring.ts';
import type { Database } from '../database.ts';

/** How many values of a column need which key. */
export interface SealedCount extends Record<string, unknown> {
  column: string;
  keyId: string;
  count: number;
}

/**
 * Looks through every text column of every table, also those that nobody has listed as sealed, so that no key is called
 * unneeded while anything still needs it. Reads each table once.
 */
export async function countSealed(db: Database): Promise<SealedCount[]> {
  const columns = await db.execute<{ table: string; column: string }>(sql`
    select c.table_name as table, c.column_name as column from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = current_schema() and t.table_type = 'BASE TABLE' and c.data_type = 'text'
    order by 1, 2`);
  const counts: SealedCount[] = [];
  for (const [table, its] of Map.groupBy(columns, (one) => one.table)) {
    const values = its.map(({ column }) => sql`(${`${table}.${column}`}::text, ${sql.identifier(column)})`);
    const found = await db.execute<SealedCount>(sql`
      select named.name as column, split_part(named.value, '.', 2) as "keyId", count(*)::int as count
      from ${sql.identifier(table)}, lateral (values ${sql.join(values, sql`, `)}) as named(name, value)
      where named.value like 'v1.%' and named.value ~ ${sealedPattern}
      group by 1, 2 order by 1, 2`);
    counts.push(...found);
  }
  return counts;
}
