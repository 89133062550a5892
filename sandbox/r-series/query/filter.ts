import type { Kind, Row } from '../books/row.ts';
import type { Call, Relation, Resource } from '../resources/resource.ts';
import { Refusal } from '../wire/refusal.ts';
import type { RelationTree } from '../wire/render-row.ts';
import { relatedRows } from '../wire/render-row.ts';
import type { Condition } from './condition.ts';
import { parseCondition } from './condition.ts';

/** A test of rows; `condition` is given where a stored field of their own is compared, so that an index can serve it. */
export type Filter = { kind: 'own' | 'relation' | 'or'; matches(row: Row): boolean; condition?: Condition };

const references = new Set(['referenceNumber', 'referenceNumberSource']);

/** The filter that a parameter means; undefined if the resource has no such field. @throws Refusal 400 */
export function parseFilter(
  resource: Resource,
  name: string,
  text: string,
  relations: RelationTree,
  call: Call,
): Filter | undefined {
  if (
    resource.name === 'Sale' &&
    references.has(name) &&
    call.switches.get('reference-filter', call.books.account) === 'ignored'
  ) {
    return { kind: 'own', matches: () => true };
  }
  const codes = resource.codes?.[name];
  if (codes) return codeFilter(name, codes, text);
  const dot = name.indexOf('.');
  if (dot > 0) return relationFilter(resource, name.slice(0, dot), name.slice(dot + 1), text, relations, call);
  const kind = resource.fields[name];
  if (kind) {
    const condition = parseCondition(name, kind, text);
    return { kind: 'own', condition, matches: (row) => condition.matches(row[name]) };
  }
  const computed = computedFilter(resource, name, text, call);
  return computed && { kind: 'own', matches: computed };
}

/** `or=a%3D1|b%3D~,x%25`: rows for which any operand holds. @throws Refusal 400 for an operand that is no filter */
export function parseOr(resource: Resource, text: string, relations: RelationTree, call: Call): Filter {
  const operands = text.split('|').map((operand) => {
    const equals = operand.indexOf('=');
    const name = operand.slice(0, equals);
    const filter =
      equals > 0
        ? parseFilter(resource, name, operand.slice(equals + 1).replaceAll(/%7c/gi, '|'), relations, call)
        : undefined;
    if (!filter) throw new Refusal(400, `'${operand}' in or is not a comparison of a field of ${resource.name}.`);
    return filter;
  });
  return { kind: 'or', matches: (row) => operands.some((operand) => operand.matches(row)) };
}

function codeFilter(name: string, fields: readonly string[], text: string): Filter {
  const condition = parseCondition(name, 'text', text);
  if (condition.operator !== '=' && condition.operator !== 'IN')
    throw new Refusal(400, `${name} can be compared with =, or and IN only.`);
  return {
    kind: 'own',
    matches: (row) => fields.some((field) => row[field] !== '' && condition.matches(String(row[field]))),
  };
}

function relationFilter(
  resource: Resource,
  relationName: string,
  field: string,
  text: string,
  relations: RelationTree,
  call: Call,
): Filter | undefined {
  const relation: Relation<Row> | undefined = resource.relations?.[relationName];
  if (!relation || relation.kind === 'made') return undefined;
  if (!relations[relationName])
    throw new Refusal(400, `Relation '${relationName}' must be loaded by load_relations to be searched.`);
  const target = relation.resource;
  const kind = target.fields[field];
  const own = kind ? ownMatch(field, kind, text) : computedFilter(target, field, text, call);
  return own && { kind: 'relation', matches: (row) => relatedRows(relation, row, call).some(own) };
}

function ownMatch(field: string, kind: Kind, text: string): (row: Row) => boolean {
  const condition = parseCondition(field, kind, text);
  return (row) => condition.matches(row[field]);
}

/** A computed field may have several values, as a contact's e-mail addresses; one that matches is enough. */
function computedFilter(
  resource: Resource,
  name: string,
  text: string,
  call: Call,
): ((row: Row) => boolean) | undefined {
  const computed = resource.computed?.[name];
  if (!computed) return undefined;
  const condition = parseCondition(name, computed.kind, text);
  return (row) => {
    const value = computed.filter ? computed.filter(row, call) : computed.of(row, call);
    return Array.isArray(value) ? value.some((one) => condition.matches(one)) : condition.matches(value);
  };
}
