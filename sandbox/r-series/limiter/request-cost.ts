import type { Row } from '../books/row.ts';
import type { Relation, Resource } from '../resources/resource.ts';
import type { Body } from '../wire/read-body.ts';
import { isBody } from '../wire/read-body.ts';

/** What decides a call's price, read leniently: a call that will be refused is charged too. */
export type PricedRequest = {
  method: string;
  resource: Resource;
  id: string | undefined;
  sub: string | undefined;
  params: URLSearchParams;
  body: Body;
};

/** Keys that only wrap rows and cost nothing themselves. */
const wrappers = new Set([
  'SaleLines',
  'SalePayments',
  'SaleNotes',
  'ItemShops',
  'Prices',
  'Addresses',
  'Phones',
  'Emails',
  'Websites',
  'Tags',
  'CustomFieldValues',
  'TaxCategoryClasses',
]);

/** The call's cost in drips. @see lightspeed-r-series.md, "5. Rate limits" */
export function requestCost({ method, resource, id, sub, params, body }: PricedRequest): number {
  if (method === 'GET') {
    if (params.has('count')) return 10;
    return 1 + relationsCost(resource, params.get('load_relations'), id === undefined) + orCost(params.getAll('or'));
  }
  const nested = 0.5 * nestedEntities(body);
  if (sub === 'refund') return 10 + nested;
  if (resource.name === 'Category') return 10 + nested;
  const isSale = resource.name === 'Sale' || resource.name === 'SaleLine';
  const completed = body['completed'] === true || body['completed'] === 'true';
  return (isSale ? 2 : 1) + (isSale && completed ? 3 : 0) + nested;
}

/** To-one 0.1, to-many 0.2, doubled on lists and under a to-many. */
function relationsCost(resource: Resource, text: string | null, isList: boolean): number {
  if (!text) return 0;
  let tenths = 0;
  for (const path of relationPaths(resource, text)) {
    let relations: Resource['relations'] = resource.relations;
    let isUnderMany = false;
    let last: Relation<Row> | undefined;
    for (const name of path.split('.')) {
      isUnderMany ||= last !== undefined && isMany(last);
      last = relations?.[name];
      relations = last && last.kind !== 'made' ? last.resource.relations : undefined;
    }
    if (last) tenths += (isMany(last) ? 2 : 1) * (isList || isUnderMany ? 2 : 1);
  }
  return tenths / 10;
}

function relationPaths(resource: Resource, text: string): string[] {
  if (text === 'all') return Object.keys(resource.relations ?? {}).filter((name) => name !== 'CustomFieldValues');
  try {
    const paths: unknown = JSON.parse(text);
    return Array.isArray(paths) ? paths.filter((path) => typeof path === 'string') : [];
  } catch {
    return []; // the call itself will be refused for it
  }
}

function isMany(relation: Relation<Row>): boolean {
  return relation.kind === 'many' || (relation.kind === 'made' && relation.many);
}

/** One field: nothing. Several of one entity: 1 per operand. Several entities: 10 for each, and 1 per further operand. */
function orCost(filters: readonly string[]): number {
  let cost = 0;
  for (const filter of filters) {
    const fields = filter.split('|').map((operand) => operand.split('=')[0] ?? '');
    const entities = new Set(fields.map((field) => (field.includes('.') ? field.split('.')[0] : '')));
    if (entities.size > 1) cost += 10 * entities.size + (fields.length - entities.size);
    else if (new Set(fields).size > 1) cost += fields.length;
  }
  return cost;
}

/** Objects inside of the payload, without those that only wrap others. */
function nestedEntities(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, entry) => sum + entities(entry), 0);
  if (!isBody(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [key, entry]) =>
      sum + (wrappers.has(key) ? insideWrapper(entry) : Array.isArray(entry) ? nestedEntities(entry) : entities(entry)),
    0,
  );
}

function entities(value: unknown): number {
  return isBody(value) ? 1 + nestedEntities(value) : 0;
}

/** Both forms: `{SaleLine: [...]}` and `[{SaleLine: {...}}]`. */
function insideWrapper(value: unknown): number {
  if (Array.isArray(value)) {
    return value.reduce<number>(
      (sum, entry) =>
        sum +
        (isBody(entry) && Object.keys(entry).length === 1 && isBody(Object.values(entry)[0])
          ? nestedEntities(entry)
          : entities(entry)),
      0,
    );
  }
  return nestedEntities(value);
}
