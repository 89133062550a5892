import type { z } from 'zod';
import { LightspeedError } from '../lightspeed-error.ts';
import { toList } from './list.ts';

/** How the rows of a resource are found in an answer and read. */
export interface RowParser<Row> {
  resource: string;
  /** @throws LightspeedError `malformed`, naming resource, field and id, never the content. */
  parse(row: unknown): Row;
}

/** @param key the field with the row's id, to name it by. */
export function rowParser<Row>(resource: string, key: string, schema: z.ZodType<Row>): RowParser<Row> {
  return {
    resource,
    parse(row) {
      const parsed = schema.safeParse(row);
      if (parsed.success) return parsed.data;
      const fields = [...new Set(parsed.error.issues.map((issue) => issue.path.join('.') || 'row'))];
      throw new LightspeedError('malformed', `${resource} ${idOf(row, key)}: can't read ${fields.join(', ')}`);
    },
  };
}

/** All rows of a list's answer, or the one of an answer by id. */
export function rowsOf<Row>(parser: RowParser<Row>, answer: unknown): Row[] {
  return toList(contentOf(parser.resource, answer)[parser.resource]).map((row) => parser.parse(row));
}

/** The row of an answer by id, or of a write's. */
export function onlyRow<Row>(parser: RowParser<Row>, answer: unknown): Row {
  const [row, ...others] = rowsOf(parser, answer);
  if (row === undefined || others.length > 0) {
    throw new LightspeedError(
      'malformed',
      `${parser.resource}: expected one row, got ${row === undefined ? 0 : others.length + 1}`,
    );
  }
  return row;
}

/** The answer's object. An answer of another shape must not pass for an empty list. */
export function contentOf(resource: string, answer: unknown): Record<string, unknown> {
  if (typeof answer === 'object' && answer !== null && '@attributes' in answer) {
    return { ...answer };
  }
  throw new LightspeedError('malformed', `${resource}: the answer has no @attributes`);
}

function idOf(row: unknown, key: string): string {
  const value = typeof row === 'object' && row !== null ? (row as Record<string, unknown>)[key] : undefined;
  return typeof value === 'string' && /^\d{1,20}$/.test(value) ? value : 'of unknown id';
}
