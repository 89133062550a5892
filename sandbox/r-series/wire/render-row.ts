import type { Row } from '../books/row.ts';
import type { Call, Relation, Resource } from '../resources/resource.ts';
import type { WireObject, WireValue } from './wire-json.ts';
import { oneOrMany, wireScalar } from './wire-json.ts';

/** The relations to load, nested as they were named. */
export type RelationTree = { [relation: string]: RelationTree };

/** A row as the wire has it: its scalars, what the resource composes, and the loaded relations. */
export function renderRow(resource: Resource, row: Row, tree: RelationTree, call: Call): WireObject {
  const wire: WireObject = {};
  for (const field in resource.fields) {
    const text = wireScalar(resource.fields[field] as 'text', row[field]);
    if (text !== undefined) wire[field] = text;
  }
  for (const field in resource.computed) {
    const computed = resource.computed[field];
    const text = computed?.shown ? wireScalar(computed.kind, computed.of(row, call)) : undefined;
    if (text !== undefined) wire[field] = text;
  }
  if (resource.compose) Object.assign(wire, resource.compose(row, call));
  for (const name in tree) {
    const relation = resource.relations?.[name];
    const value = relation && renderRelation(relation, row, tree[name] ?? {}, call);
    if (value !== undefined) wire[name] = value;
  }
  return wire;
}

/** Rows of a relation that is kept in the books; none for a composed one. */
export function relatedRows(relation: Relation<Row>, row: Row, call: Call): readonly Row[] {
  switch (relation.kind) {
    case 'one': {
      const related = relation.resource.table(call.books).get(row[relation.via] as number);
      return related ? [related] : [];
    }
    case 'many':
      return relation.resource.table(call.books).by(relation.by, row[relation.by]);
    case 'made':
      return [];
  }
}

function renderRelation(relation: Relation<Row>, row: Row, tree: RelationTree, call: Call): WireValue | undefined {
  if (relation.kind === 'made') return relation.make(row, call);
  const rows = relatedRows(relation, row, call).map((related) => renderRow(relation.resource, related, tree, call));
  if (relation.kind === 'one') return rows[0];
  const value = oneOrMany(rows);
  return value === undefined ? undefined : { [relation.resource.name]: value };
}
