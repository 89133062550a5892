import type { Row } from '../books/row.ts';
import type { Call, Resource } from '../resources/resource.ts';
import type { Cursor } from '../wire/cursor.ts';
import { decodeCursor } from '../wire/cursor.ts';
import { Refusal } from '../wire/refusal.ts';
import type { RelationTree } from '../wire/render-row.ts';
import type { Filter } from './filter.ts';
import { parseFilter, parseOr } from './filter.ts';
import { relationTree } from './relation-tree.ts';

/** What a list asks for, checked against its resource. */
export type ListQuery = {
  limit: number;
  /** As it was sent or by default, for the `next` link. */
  sort: string;
  sortField: string;
  isDescending: boolean;
  cursor: { side: 'after' | 'before'; at: Cursor } | undefined;
  filters: readonly Filter[];
  relations: RelationTree;
  isCount: boolean;
};

const reserved = new Set([
  'limit',
  'sort',
  'after',
  'before',
  'load_relations',
  'count',
  'archived',
  'or',
  'pretty_print',
  'offset',
  'orderby',
  'orderby_desc',
]);

/** @throws Refusal 400 for whatever the resource does not offer, naming what it does */
export function parseQuery(resource: Resource, params: URLSearchParams, call: Call): ListQuery {
  for (const old of ['offset', 'orderby', 'orderby_desc']) {
    if (params.has(old)) throw new Refusal(400, `${old} is not supported in V3. Use sort, after and before.`);
  }
  const relations = relationTree(resource, params.get('load_relations'));
  const isCount = params.get('count') === '1' || params.get('count') === 'true';
  if (isCount) {
    const clash = ['limit', 'sort', 'after', 'before'].find((name) => params.has(name));
    if (clash) throw new Refusal(400, `count cannot be combined with ${clash}.`);
  }
  const sort = params.get('sort') || resource.key;
  const isDescending = sort.startsWith('-');
  const sortName = isDescending ? sort.slice(1) : sort;
  if (sortName !== resource.key && !resource.sortable.includes(sortName)) {
    throw new Refusal(
      400,
      `${resource.name} cannot be sorted by '${sortName}'. Allowed: ${resource.sortable.join(', ')}.`,
    );
  }
  const sortField = resource.sortAliases?.[sortName] ?? sortName;
  return {
    limit: parseLimit(params.get('limit')),
    sort,
    sortField,
    isDescending,
    cursor: parseCursor(params, sortField === resource.key),
    filters: parseFilters(resource, params, relations, call),
    relations,
    isCount,
  };
}

function parseLimit(text: string | null): number {
  if (text === null || text === '') return 100;
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 0 || limit > 100)
    throw new Refusal(400, 'limit must be a number from 0 to 100.');
  return limit;
}

function parseCursor(params: URLSearchParams, isById: boolean): ListQuery['cursor'] {
  const [after, before] = [params.get('after'), params.get('before')];
  if (after && before) throw new Refusal(400, 'Use either after or before.');
  if (after) return { side: 'after', at: decodeCursor(after, isById) };
  return before ? { side: 'before', at: decodeCursor(before, isById) } : undefined;
}

function parseFilters(resource: Resource, params: URLSearchParams, relations: RelationTree, call: Call): Filter[] {
  const filters: Filter[] = [];
  if ('archived' in resource.fields) {
    const archived = params.get('archived') ?? 'false';
    if (archived === 'only') filters.push({ kind: 'own', matches: (row: Row) => row['archived'] === true });
    else if (archived !== 'true' && archived !== '1')
      filters.push({ kind: 'own', matches: (row: Row) => row['archived'] !== true });
  }
  for (const [name, text] of params) {
    if (reserved.has(name)) continue;
    const filter = parseFilter(resource, name, text, relations, call);
    if (filter) filters.push(filter);
    else if (call.switches.get('unknown-parameter', call.books.account) === 'refused') {
      throw new Refusal(400, `Unknown parameter '${name}'.`);
    }
  }
  for (const text of params.getAll('or')) filters.push(parseOr(resource, text, relations, call));
  return filters;
}
