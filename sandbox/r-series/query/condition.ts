import type { Kind } from '../books/row.ts';
import { plainText } from '../wire/plain-text.ts';
import { Refusal } from '../wire/refusal.ts';
import { parseWireTime } from '../wire/wire-time.ts';

/** Comparisons of a filter, longest first so that `>=` is not read as `>`. */
const operators = ['!=', '!~', '>=', '<=', '><', '>', '<', '~', 'IN'] as const;
type Operator = '=' | (typeof operators)[number];

/** One comparison: a field against one value, two (`><`) or up to a hundred (`IN`). Values are as the row has them. */
export type Condition = {
  field: string;
  operator: Operator;
  values: readonly (string | number | boolean | null)[];
  matches(value: unknown): boolean;
};

const listLimit = 100;

/**
 * Reads `value` or `OP,value` for a field of this kind.
 * @throws Refusal 400 for a value that the field cannot have, and for IN with more than 100 values
 */
export function parseCondition(field: string, kind: Kind, text: string): Condition {
  const operator = operators.find((operator) => text.startsWith(`${operator},`)) ?? '=';
  const rest = operator === '=' ? text : text.slice(operator.length + 1);
  if (operator === '~' || operator === '!~') {
    const pattern = likePattern(rest);
    const isWanted = operator === '~';
    return { field, operator, values: [rest], matches: (value) => pattern.test(plainText(value)) === isWanted };
  }
  const values = split(operator, rest).map((part) => parseValue(field, kind, part));
  if (operator === 'IN' && values.length > listLimit)
    throw new Refusal(400, `IN takes at most ${listLimit} values, ${values.length} were given for ${field}.`);
  if (operator === '><' && values.length !== 2) throw new Refusal(400, `>< takes two values for ${field}.`);
  return { field, operator, values, matches: comparison(operator, kind, values) };
}

function split(operator: Operator, text: string): string[] {
  if (operator === '><') return text.split(',');
  if (operator !== 'IN') return [text];
  const list = text.replace(/^\[(.*)\]$/s, '$1');
  return list === '' ? [] : list.split(',').map((part) => part.trim().replace(/^(["'])(.*)\1$/s, '$2'));
}

function parseValue(field: string, kind: Kind, text: string): string | number | boolean | null {
  switch (kind) {
    case 'text':
      return text;
    case 'flag':
      return text === 'true' || text === '1';
    case 'id':
    case 'number': {
      const number = Number(text);
      if (text.trim() === '' || Number.isNaN(number))
        throw new Refusal(400, `${field} must be compared with a number.`);
      return number;
    }
    case 'time': {
      const seconds = parseWireTime(text);
      if (seconds === undefined) throw new Refusal(400, `${field} must be compared with a date and time.`);
      return seconds;
    }
  }
}

function comparison(operator: Operator, kind: Kind, values: Condition['values']): (value: unknown) => boolean {
  const comparable = (value: unknown): string | number | boolean | null =>
    kind === 'number'
      ? Number(value)
      : kind === 'text'
        ? (value as string).toLowerCase()
        : (value as number | boolean | null);
  const wanted = values.map((value) => (typeof value === 'string' ? value.toLowerCase() : value));
  const [low, high] = [wanted[0] ?? null, wanted[1] ?? null] as [number | string, number | string]; // dates, numbers or text
  const ordered = (test: (left: number | string) => boolean) => (value: unknown) => {
    const left = comparable(value);
    return left !== null && left !== undefined && test(left as number | string);
  };
  switch (operator) {
    case '=':
      return (value) => comparable(value) === low;
    case '!=':
      return (value) => comparable(value) !== low;
    case 'IN': {
      const set = new Set(wanted);
      return (value) => set.has(comparable(value));
    }
    case '>':
      return ordered((left) => left > low);
    case '>=':
      return ordered((left) => left >= low);
    case '<':
      return ordered((left) => left < low);
    case '<=':
      return ordered((left) => left <= low);
    case '><':
      return ordered((left) => left >= low && left <= high);
    case '~':
    case '!~':
      return () => false; // answered above, by pattern
  }
}

function likePattern(text: string): RegExp {
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll('%', '.*')}$`, 'is');
}
