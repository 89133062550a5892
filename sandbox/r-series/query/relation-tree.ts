import type { Row } from '../books/row.ts';
import type { Relation, Resource } from '../resources/resource.ts';
import { Refusal } from '../wire/refusal.ts';
import type { RelationTree } from '../wire/render-row.ts';

/** Parses `load_relations`: a JSON array of names (nested ones by dots) or `all`. @throws Refusal 400 with the names there are */
export function relationTree(resource: Resource, text: string | null): RelationTree {
  if (text === null || text === '') return {};
  const paths = text === 'all' ? allPaths(resource) : parsePaths(text);
  const tree: RelationTree = {};
  for (const path of paths) addPath(resource, tree, path);
  return tree;
}

/** What an answer to a write carries unasked. */
export function writeRelationTree(resource: Resource): RelationTree {
  const tree: RelationTree = {};
  for (const path of resource.writeRelations ?? []) addPath(resource, tree, path);
  return tree;
}

function parsePaths(text: string): string[] {
  try {
    const parsed: unknown = JSON.parse(text);
    if (Array.isArray(parsed) && parsed.every((name) => typeof name === 'string')) return parsed;
  } catch {
    // told below, together with JSON of another shape
  }
  throw new Refusal(400, 'load_relations must be a JSON array of relation names, or all.');
}

function allPaths(resource: Resource): string[] {
  return Object.entries(resource.relations ?? {}).flatMap(([name, relation]) => {
    if (name === 'CustomFieldValues') return []; // "all" leaves these out
    return relation.kind === 'made'
      ? [name]
      : [name, ...Object.keys(relation.resource.relations ?? {}).map((nested) => `${name}.${nested}`)];
  });
}

function addPath(resource: Resource, tree: RelationTree, path: string): void {
  let at: Resource | undefined = resource;
  let branch = tree;
  for (const name of path.split('.')) {
    const relation: Relation<Row> | undefined = at?.relations?.[name];
    if (!relation) {
      throw new Refusal(
        400,
        `'${path}' is not a relation of ${resource.name}. Allowed: ${Object.keys(resource.relations ?? {}).join(', ')}.`,
      );
    }
    branch = branch[name] ??= {};
    at = relation.kind === 'made' ? undefined : relation.resource;
  }
}
