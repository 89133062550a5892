import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';

type ColumnType = 'text' | 'boolean' | 'numeric' | 'timestamptz' | 'jsonb';

/**
 * Rows for a `from`, as a table `row` with these columns: an array for each. PostgreSQL reads those two to three times
 * as fast as it does the same rows as JSON.
 */
export function rowsTable<Row extends object>(rows: Row[], columns: Record<string & keyof Row, ColumnType>): SQL {
  const names = Object.keys(columns) as (string & keyof Row)[];
  const arrays = names.map((name) => sql`${arrayLiteral(rows, name)}::text::${sql.raw(columns[name])}[]`);
  const list = names.map((name) => sql.identifier(name));
  return sql`unnest(${sql.join(arrays, sql`, `)}) as row(${sql.join(list, sql`, `)})`;
}

/** PostgreSQL's own way to write an array. @see PostgreSQL manual, 8.15.6 "Array Input and Output Syntax" */
function arrayLiteral<Row extends object>(rows: Row[], name: keyof Row): string {
  let literal = '{';
  for (const row of rows) {
    if (literal.length > 1) literal += ',';
    literal += element(row[name]);
  }
  return `${literal}}`;
}

/** What would be read as something else than text, or end it. */
const special = /["\\]/;

function element(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (value instanceof Date) return `"${value.toISOString()}"`;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return special.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : `"${text}"`;
}
