import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { normaliseBrand } from './brand.ts';

test.each([
  ['Crème & Co.', 'CREMECO'],
  ['CREME  CO', 'CREMECO'],
  ['Häagen–Dazs', 'HAAGENDAZS'],
  ["Levi's®", 'LEVIS'],
  ['Levis™', 'LEVIS'],
  ['3M', '3M'],
])('%j is compared as %s', (raw, folded) => {
  expect(normaliseBrand(raw)).toBe(folded);
});

test.each([null, undefined, '', ' & '])('%j is no brand', (raw) => {
  expect(normaliseBrand(raw)).toBeNull();
});

test('folding once is folding for ever', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (raw) => {
      expect(normaliseBrand(normaliseBrand(raw))).toBe(normaliseBrand(raw));
    }),
  );
});
