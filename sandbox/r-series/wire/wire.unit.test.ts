import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { bodyRows, bodyScalars } from './read-body.ts';
import { oneOrMany, wireScalar, wireText, wrapped } from './wire-json.ts';
import { parseWireTime, wireTime } from './wire-time.ts';

test('a cursor is what was recorded, and comes back as it went', () => {
  expect(encodeCursor([100, 100], true)).toBe('WzEwMF0=');
  expect(JSON.parse(Buffer.from(encodeCursor([1_635_778_551, 544], false), 'base64').toString())).toEqual([
    1_635_778_551, 544,
  ]);
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.integer(), fc.constant(null)), fc.nat(), (value, id) => {
      expect(decodeCursor(encodeCursor([value, id], false), false)).toEqual([value, id]);
    }),
  );
  for (const text of ['', 'nonsense', 'W10=', encodeCursor([1, 2], false)])
    expect(() => decodeCursor(text, true)).toThrow('cursor');
});

test('scalars are strings, and a time that is not set has no key', () => {
  expect([wireScalar('number', '20'), wireScalar('flag', false), wireScalar('id', 0)]).toEqual(['20', 'false', '0']);
  expect(wireScalar('time', null)).toBeUndefined();
  expect(wireTime(1_478_785_914)).toBe('2016-11-10T13:51:54+00:00');
});

test('times come back as they went', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (seconds) => parseWireTime(wireTime(seconds)) === seconds),
  );
});

test('one is an object, several an array, none no key or an empty text', () => {
  expect(oneOrMany([])).toBeUndefined();
  expect(oneOrMany([{ a: '1' }])).toEqual({ a: '1' });
  expect(oneOrMany([{ a: '1' }, { a: '2' }])).toHaveLength(2);
  expect(wrapped('ContactPhone', [])).toBe('');
});

test('slashes are escaped, and JSON readers do not notice', () => {
  expect(wireText({ timeZone: 'US/Pacific' })).toBe(String.raw`{"timeZone":"US\/Pacific"}`);
});

test('a body may bring real numbers, strings and both forms of lists', () => {
  const fields = { qoh: 'number', completed: 'flag', shopID: 'id' } as const;
  const names = ['qoh', 'completed', 'shopID'] as const;
  expect(bodyScalars(fields, names, { qoh: 2, completed: true, shopID: '3' })).toEqual({
    qoh: '2',
    completed: true,
    shopID: 3,
  });
  expect(bodyScalars(fields, names, { qoh: null })).toEqual({ qoh: '0' });
  expect(() => bodyScalars(fields, names, { qoh: 'two' })).toThrow('qoh must be a number');
  const rows = [{ itemID: 1 }, { itemID: 2 }];
  expect(bodyRows({ SaleLines: { SaleLine: rows } }, 'SaleLines', 'SaleLine')).toEqual(rows);
  expect(bodyRows({ SaleLines: rows.map((SaleLine) => ({ SaleLine })) }, 'SaleLines', 'SaleLine')).toEqual(rows);
  expect(bodyRows({ SaleLines: { SaleLine: rows[0] } }, 'SaleLines', 'SaleLine')).toEqual([rows[0]]);
});
