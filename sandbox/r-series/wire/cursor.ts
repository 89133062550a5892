import { Refusal } from './refusal.ts';

/** Where a page ends: the sort key's value, and the id that breaks ties. A list sorted by id has the id alone. */
export type Cursor = readonly [value: unknown, id: number];

/** An opaque cursor: base64 of a JSON array, as recorded (`WzEwMF0=` is `[100]`). */
export function encodeCursor([value, id]: Cursor, isById: boolean): string {
  return Buffer.from(JSON.stringify(isById ? [id] : [value, id])).toString('base64');
}

/** @throws Refusal 400 for anything that `encodeCursor` did not make for this kind of order */
export function decodeCursor(text: string, isById: boolean): Cursor {
  const parsed = parse(text);
  const id = Array.isArray(parsed) && parsed.length === (isById ? 1 : 2) ? (parsed.at(-1) as unknown) : undefined;
  if (!Array.isArray(parsed) || typeof id !== 'number') throw new Refusal(400, 'The pagination cursor is not valid.');
  return [isById ? id : parsed[0], id];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text.replaceAll(' ', '+'), 'base64').toString('utf8')) as unknown;
  } catch {
    return undefined; // told by decodeCursor, together with well-formed JSON of another shape
  }
}
