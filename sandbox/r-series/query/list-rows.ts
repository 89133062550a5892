import type { Row } from '../books/row.ts';
import type { Call, Resource } from '../resources/resource.ts';
import { encodeCursor } from '../wire/cursor.ts';
import { renderRow } from '../wire/render-row.ts';
import type { WireObject } from '../wire/wire-json.ts';
import { oneOrMany } from '../wire/wire-json.ts';
import type { ListQuery } from './parse-query.ts';
import { parseQuery } from './parse-query.ts';
import { countRows, selectPage } from './select-page.ts';

/**
 * Answers a list. `address` is its absolute URL without parameters, for `next` and `previous`, which carry all that was asked
 * with sort and limit filled in. A list without rows has no resource key at all.
 */
export function listRows(resource: Resource, params: URLSearchParams, address: string, call: Call): WireObject {
  const query = parseQuery(resource, params, call);
  const table = resource.table(call.books);
  if (query.isCount) return { '@attributes': { count: String(countRows(table, query)) } };
  const page = selectPage(table, query);
  const link = (side: 'after' | 'before', row: Row | undefined): string =>
    row
      ? `${address}?${linkParams(params, query, side, encodeCursor([row[query.sortField], table.idOf(row)], query.sortField === resource.key))}`
      : '';
  const attributes = {
    next: page.hasNext ? link('after', page.rows.at(-1)) : '',
    previous: page.hasPrevious ? link('before', page.rows[0]) : '',
  };
  const rows = oneOrMany(page.rows.map((row) => renderRow(resource, row, query.relations, call)));
  return { '@attributes': attributes, ...(rows !== undefined && { [resource.name]: rows }) };
}

function linkParams(params: URLSearchParams, query: ListQuery, side: 'after' | 'before', cursor: string): string {
  const link = new URLSearchParams(params);
  for (const name of ['after', 'before']) link.delete(name);
  link.set('sort', query.sort);
  link.set('limit', String(query.limit));
  link.set(side, cursor);
  return link.toString();
}
