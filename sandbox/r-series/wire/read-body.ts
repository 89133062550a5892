import { Big } from 'big.js';
import type { Fields, Kind } from '../books/row.ts';
import { plainText } from './plain-text.ts';
import { Refusal } from './refusal.ts';
import { parseWireTime } from './wire-time.ts';

/** A parsed request body or an object inside of one. */
export type Body = { readonly [key: string]: unknown };

/** Whether `value` is an object with keys. */
export function isBody(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The fields of `names` that the body brings, parsed by their kind. Real JSON numbers and booleans are accepted; null and ""
 * clear a field. Fields that it does not name are left out (POST: default, PUT: kept).
 * @throws Refusal 400 for a value that its field cannot hold
 */
export function bodyScalars<R>(fields: Fields, names: readonly (keyof R & string)[], body: Body): Partial<R> {
  const values: Record<string, unknown> = {};
  for (const name of names) {
    const kind = fields[name];
    if (kind && body[name] !== undefined) values[name] = parseScalar(kind, name, body[name]);
  }
  return values as Partial<R>;
}

/** One scalar of a request. @throws Refusal 400 */
function parseScalar(kind: Kind, name: string, value: unknown): unknown {
  if (typeof value === 'object' && value !== null) throw new Refusal(400, `${name} must be a single value.`);
  const text = plainText(value).trim();
  switch (kind) {
    case 'text':
      return text;
    case 'flag':
      return text === 'true' || text === '1';
    case 'id':
      if (!/^\d{0,15}$/.test(text)) throw new Refusal(400, `${name} must be an id.`);
      return Number(text || '0');
    case 'number':
      return parseDecimal(name, text);
    case 'time':
      return parseTime(name, text);
  }
}

function parseDecimal(name: string, text: string): string {
  if (!/^-?\d{0,15}(\.\d{0,15})?$/.test(text) || text === '-' || text === '.')
    throw new Refusal(400, `${name} must be a number.`);
  return text === '' ? '0' : new Big(text.endsWith('.') ? text.slice(0, -1) : text).toFixed();
}

function parseTime(name: string, text: string): number | null {
  if (text === '') return null;
  const seconds = parseWireTime(text);
  if (seconds === undefined) throw new Refusal(400, `${name} must be a date and time.`);
  return seconds;
}

/**
 * The rows of a nested relation. Both forms are accepted: `{"SaleLines":{"SaleLine":[…]}}` and the recorded
 * `{"SaleLines":[{"SaleLine":{…}}]}`; a single row may be an object.
 */
export function bodyRows(body: Body, wrap: string, element: string): Body[] {
  const outer = listOf(body[wrap]);
  return outer.flatMap((entry) => {
    if (!isBody(entry)) return [];
    return element in entry ? listOf(entry[element]).filter(isBody) : [entry];
  });
}

function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null || value === '' ? [] : [value];
}
