import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCondition } from './condition.ts';

const matches = (kind: Parameters<typeof parseCondition>[1], text: string, value: unknown) =>
  parseCondition('field', kind, text).matches(value);

test('numbers are compared as numbers, however they are written', () => {
  fc.assert(
    fc.property(fc.integer({ min: -999, max: 999 }), fc.integer({ min: -999, max: 999 }), (a, b) => {
      const [left, right] = [`${a / 4}`, `${b / 4}`];
      expect(matches('number', `>,${right}`, left)).toBe(a > b);
      expect(matches('number', `>=,${right}`, left)).toBe(a >= b);
      expect(matches('number', `<,${right}`, left)).toBe(a < b);
      expect(matches('number', `<=,${right}`, left)).toBe(a <= b);
      expect(matches('number', `!=,${right}`, left)).toBe(a !== b);
      expect(matches('number', right, left)).toBe(a === b);
      expect(matches('number', `><,${right},${right}`, left)).toBe(a === b);
    }),
  );
});

test('text is compared without regard to case, and % stands for anything', () => {
  expect(matches('text', 'mug', 'MUG')).toBe(true);
  expect(matches('text', '~,%mug%', 'Enamel mug, blue')).toBe(true);
  expect(matches('text', '~,mug%', 'Enamel mug')).toBe(false);
  expect(matches('text', '!~,%mug%', 'Enamel mug')).toBe(false);
  expect(matches('text', '~,1.5 (a)', '1x5 (a)')).toBe(false); // a dot is a dot
});

test('lists come with or without brackets', () => {
  expect(matches('id', 'IN,[1,2,3]', 2)).toBe(true);
  expect(matches('id', 'IN,1,2,3', 4)).toBe(false);
  expect(matches('text', 'IN,["a","b"]', 'B')).toBe(true);
  expect(() => parseCondition('itemID', 'id', `IN,[${'1,'.repeat(100)}1]`)).toThrow('at most 100');
});

test('times come with any zone, and a time that is not set is neither before nor after', () => {
  const at = Date.UTC(2026, 1, 1, 10) / 1000;
  for (const text of [
    '2026-02-01T10:00:00Z',
    '2026-02-01T12:00:00+02:00',
    '2026-02-01T12:00:00 0200',
    '2026-02-01T10:00:00',
  ]) {
    expect(matches('time', `>=,${text}`, at), text).toBe(true);
    expect(matches('time', `>,${text}`, at), text).toBe(false);
  }
  expect(matches('time', '<,2026-02-01', null)).toBe(false);
  expect(() => parseCondition('timeStamp', 'time', '>,yesterday')).toThrow('date and time');
});
