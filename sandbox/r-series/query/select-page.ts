import type { Row } from '../books/row.ts';
import { SortedRows } from '../books/sorted-rows.ts';
import type { Table } from '../books/table.ts';
import type { Condition } from './condition.ts';
import type { ListQuery } from './parse-query.ts';

/** A page of rows in the order asked for, and whether others lie before and after it. */
export type Page = { rows: readonly Row[]; hasPrevious: boolean; hasNext: boolean };

/** The page that `query` means. The rows before a cursor are found by its value, so changes between pages lose and double nothing. */
export function selectPage(table: Table<Row>, query: ListQuery): Page {
  const { limit, cursor, isDescending } = query;
  if (limit === 0) return { rows: [], hasPrevious: false, hasNext: false };
  const { rows, order } = candidates(table, query);
  const isBefore = cursor?.side === 'before';
  const isUpwards = isDescending === isBefore; // walking up the kept order
  let index = isUpwards ? 0 : rows.length - 1;
  if (cursor) {
    const at = order.lowerBound(rows, cursor.at);
    const cursorRow = rows[at];
    const isHit = cursorRow !== undefined && order.compare(cursorRow, cursor.at) === 0;
    index = isUpwards ? at + (isHit ? 1 : 0) : at - 1;
  } else if (isUpwards) index = firstPossible(rows, order, query);
  const step = isUpwards ? 1 : -1;
  const page: Row[] = [];
  for (; page.length <= limit && index >= 0 && index < rows.length; index += step) {
    const row = rows[index] as Row;
    if (matchesAll(row, query)) page.push(row);
  }
  const hasMore = page.length > limit;
  if (hasMore) page.pop();
  if (isBefore) return { rows: page.reverse(), hasPrevious: hasMore, hasNext: page.length > 0 };
  return { rows: page, hasPrevious: cursor !== undefined && page.length > 0, hasNext: hasMore };
}

/** How many rows match, whatever their order. */
export function countRows(table: Table<Row>, query: ListQuery): number {
  return candidates(table, query).rows.filter((row) => matchesAll(row, query)).length;
}

function matchesAll(row: Row, query: ListQuery): boolean {
  return query.filters.every((filter) => filter.matches(row));
}

/** As few rows as an index can narrow it down to, in the order asked for. */
function candidates(table: Table<Row>, query: ListQuery): { rows: readonly Row[]; order: SortedRows<Row> } {
  const order = table.order(query.sortField) ?? new SortedRows<Row>(query.sortField, table.key);
  const few = fewRows(table, query);
  if (!few) return { rows: order.rows(), order };
  return { rows: [...few].sort((a, b) => order.compare(a, order.positionOf(b))), order };
}

function fewRows(table: Table<Row>, query: ListQuery): Iterable<Row> | undefined {
  for (const { condition } of query.filters) {
    if (!condition || (condition.operator !== '=' && condition.operator !== 'IN')) continue;
    if (condition.field === table.key)
      return new Set(condition.values.map((id) => table.get(id as number)).filter((row) => row !== undefined));
    // A text index finds exact spellings only, and text is compared without regard to case: digits have no case.
    if (
      table.isIndexed(condition.field) &&
      condition.values.every((value) => typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value)))
    ) {
      return new Set(condition.values.flatMap((value) => table.by(condition.field, value)));
    }
  }
  return query.sortField === 'timeStamp' ? undefined : recentRows(table, query);
}

/** The rows since a `timeStamp=>=,…`, if they are few enough for sorting them to be cheaper than a walk over all. */
function recentRows(table: Table<Row>, query: ListQuery): Iterable<Row> | undefined {
  const order = table.order('timeStamp');
  const since = query.filters.map(({ condition }) => lowerTime(condition)).find((time) => time !== undefined);
  if (!order || since === undefined) return undefined;
  const rows = order.rows();
  const start = order.lowerBound(rows, [since, 0]);
  return (rows.length - start) * 4 < rows.length ? rows.slice(start) : undefined;
}

function firstPossible(rows: readonly Row[], order: SortedRows<Row>, query: ListQuery): number {
  if (query.sortField !== 'timeStamp') return 0;
  const since = query.filters.map(({ condition }) => lowerTime(condition)).find((time) => time !== undefined);
  return since === undefined ? 0 : order.lowerBound(rows, [since, 0]);
}

function lowerTime(condition: Condition | undefined): number | undefined {
  if (condition?.field !== 'timeStamp' || !['>', '>=', '><', '='].includes(condition.operator)) return undefined;
  return Number(condition.values[0]);
}
