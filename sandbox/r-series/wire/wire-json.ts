import type { Kind } from '../books/row.ts';
import { plainText } from './plain-text.ts';
import { wireTime } from './wire-time.ts';

/** What goes out: no numbers, no booleans, no null. */
export type WireValue = string | WireObject | readonly WireValue[];
export type WireObject = { [key: string]: WireValue };

/** A scalar as the wire has it: always a string; undefined (key absent) for a time that is not set. */
export function wireScalar(kind: Kind, value: unknown): string | undefined {
  if (kind === 'time') return typeof value === 'number' ? wireTime(value) : undefined;
  return value === undefined || value === null ? undefined : plainText(value);
}

/** One row is an object, several are an array, none is no key at all. */
export function oneOrMany(rows: readonly WireValue[]): WireValue | undefined {
  return rows.length > 1 ? rows : rows[0];
}

/** `{wrap: {element: rows}}` content of a relation, or "" where the wire has an empty string for no rows. */
export function wrapped(element: string, rows: readonly WireValue[]): WireValue {
  const value = oneOrMany(rows);
  return value === undefined ? '' : { [element]: value };
}

/** The JSON text with its escaped slashes ("US\/Pacific"); slashes occur inside of strings only. */
export function wireText(value: WireObject): string {
  return JSON.stringify(value).replaceAll('/', '\\/');
}
