import type { Answer } from '../http/answer.ts';
import { answerText } from '../http/answer.ts';
import type { WireObject, WireValue } from '../wire/wire-json.ts';
import type { BodyFault } from './fault.ts';

/** A good answer made bad in its body; `address` is the request's own. One that has no wire object stays as it is. */
export function bendAnswer(fault: BodyFault, answer: Answer, address: string): Answer {
  if (fault.kind === 'truncated-json') {
    const { value: _, ...rest } = answer;
    const text = answerText(answer);
    return { ...rest, text: text.slice(0, Math.floor(text.length * 0.6)) };
  }
  return answer.value ? { ...answer, value: bendValue(fault, answer.value, address) } : answer;
}

function bendValue(
  fault: Exclude<BodyFault, { kind: 'truncated-json' }>,
  value: WireObject,
  address: string,
): WireObject {
  const attributes = asObject(value['@attributes']);
  switch (fault.kind) {
    case 'empty-page':
      return { '@attributes': { ...attributes, next: '', previous: '' } };
    case 'repeated-cursor':
      return { ...value, '@attributes': { ...attributes, next: address } };
    case 'foreign-next': {
      const next = new URL(typeof attributes['next'] === 'string' && attributes['next'] ? attributes['next'] : address);
      return { ...value, '@attributes': { ...attributes, next: fault.origin + next.pathname + next.search } };
    }
    case 'missing-field': {
      const [first, second] = fault.field.split('.');
      if (first === '@attributes' && second) return { ...value, '@attributes': without(attributes, second) };
      return eachRow(value, (row) => without(row, fault.field));
    }
    case 'missing-stock-row':
      return eachRow(value, (row) => withoutStockOf(row, fault.shopID));
    case 'huge-item': {
      let isDone = false;
      return eachRow(value, (row) => {
        if (isDone) return row;
        isDone = true;
        return { ...row, description: 'x'.repeat(fault.bytes) };
      });
    }
  }
}

function eachRow(value: WireObject, change: (row: WireObject) => WireObject): WireObject {
  const entries = Object.entries(value).map(([key, content]): [string, WireValue] => {
    if (key === '@attributes') return [key, content];
    if (isList(content)) return [key, content.map((row) => change(asObject(row)))];
    return [key, typeof content === 'string' ? content : change(content)];
  });
  return Object.fromEntries(entries);
}

function withoutStockOf(item: WireObject, shopID: string): WireObject {
  const rows = asObject(item['ItemShops'])['ItemShop'];
  if (rows === undefined || !isList(rows)) return item;
  return { ...item, ItemShops: { ItemShop: rows.filter((row) => asObject(row)['shopID'] !== shopID) } };
}

function without(value: WireObject, field: string): WireObject {
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== field));
}

function isList(value: WireValue): value is readonly WireValue[] {
  return Array.isArray(value);
}

function asObject(value: WireValue | undefined): WireObject {
  return value === undefined || typeof value === 'string' || isList(value) ? {} : value;
}
