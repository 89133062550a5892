import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';

type ColumnType = 'text' | 'boolean' | 'numeric' | 'timestamptz' | 'jsonb';

/**
 * Rows for a `from`, as a table `row` with these columns: an array for each. PostgreSQL reads those two to three times
 * as fast as it does the same rows as JSON.
 */
export function rowsTable<Row extends object>(rows: Row[], columns: Record<string & keyof Row, ColumnType>): SQL {
  const names = Object.keys(columns) as (string & keyof Row)[];
  const arrays = names.map((name) => {
    return sql`${arrayLiteral(rows.map((row) => row[name]))}::text::${sql.raw(columns[name])}[]`;
  });
  const list = names.map((name) => sql.identifier(name));
  return sql`unnest(${sql.join(arrays, sql`, `)}) as row(${sql.join(list, sql`, `)})`;
}

/** PostgreSQL's own way to write an array. @see PostgreSQL manual, 8.15.6 "Array Input and Output Syntax" */
function arrayLiteral(values: unknown[]): string {
  return `{${values.map(element).join(',')}}`;
}

function element(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'boolean') return String(value);
  return `"${textOf(value).replace(/["\\]/g, '\\$&')}"`;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return value instanceof Date ? value.toISOString() : JSON.stringify(value);
}
