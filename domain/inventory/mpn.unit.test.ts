import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { normaliseMpn } from './mpn.ts';

test.each([
  ['AB-12/3', 'AB123'],
  ['ab 123', 'AB123'],
  ['ab.12_3®', 'AB123'],
  ['ＡＢ１２３', 'AB123'],
  ['  007-X ', '007X'],
  ['ñ-1', 'Ñ1'],
])('R18: %j is compared as %s', (raw, folded) => {
  expect(normaliseMpn(raw)).toBe(folded);
});

test.each([null, undefined, '', ' -/. '])('%j is no part number', (raw) => {
  expect(normaliseMpn(raw)).toBeNull();
});

test('leading zeros tell part numbers apart', () => {
  expect(normaliseMpn('0012')).not.toBe(normaliseMpn('12'));
});

test('folding once is folding for ever, and case and punctuation never matter', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (raw) => {
      const once = normaliseMpn(raw);
      expect(normaliseMpn(once)).toBe(once);
      expect(normaliseMpn(raw.toUpperCase())).toBe(once);
      expect(normaliseMpn(`-${raw} ™.`)).toBe(once);
    }),
  );
});
