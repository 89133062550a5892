import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromCents, toCents } from '../money.ts';
import { spreadDiscount } from './spread-discount.ts';

test.each([
  ['10.00', ['30', '30', '30'], ['3.34', '3.33', '3.33']],
  ['0.01', ['1', '1'], ['0.01', '0.00']],
  ['10', ['10', '20', '70'], ['1.00', '2.00', '7.00']],
  ['1.00', ['0.50', '0.50'], ['0.50', '0.50']],
  ['0.05', ['0', '1', '2'], ['0.00', '0.02', '0.03']],
  ['0', ['5', '0'], ['0.00', '0.00']],
  ['0', [], []],
])('%s over %j is %j', (discount, amounts, shares) => {
  expect(spreadDiscount(discount, amounts)).toEqual(shares);
});

const amounts = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 12 });
const case_ = amounts.chain((cents) => {
  const sum = cents.reduce((total, each) => total + each, 0);
  return fc.record({ cents: fc.constant(cents), discount: fc.integer({ min: 0, max: sum }) });
});

test('shares add up, stay within a cent of proportion, and leave no amount below zero', () => {
  fc.assert(
    fc.property(case_, ({ cents, discount }) => {
      const sum = cents.reduce((total, each) => total + each, 0);
      const shares = spreadDiscount(
        fromCents(BigInt(discount)),
        cents.map((each) => fromCents(BigInt(each))),
      ).map((share) => Number(toCents(share)));
      expect(shares.reduce((total, share) => total + share, 0)).toBe(discount);
      for (const [index, share] of shares.entries()) {
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(cents[index]!);
        if (sum > 0) expect(Math.abs(share - (discount * cents[index]!) / sum)).toBeLessThan(1);
      }
    }),
  );
});

test('a larger amount never gets less, and equal amounts are in order', () => {
  fc.assert(
    fc.property(case_, ({ cents, discount }) => {
      const sorted = cents.toSorted((one, other) => other - one).map((each) => fromCents(BigInt(each)));
      const shares = spreadDiscount(fromCents(BigInt(discount)), sorted).map((share) => Number(toCents(share)));
      for (const [index, share] of shares.slice(1).entries()) {
        // Of two amounts the larger has the larger exact share; whole cents keep that order but for one cent.
        expect(shares[index]! - share).toBeGreaterThanOrEqual(sorted[index] === sorted[index + 1] ? 0 : -1);
      }
    }),
  );
});

test.each([
  ['10.01', ['10']],
  ['-1', ['10']],
  ['1', ['10', '-1']],
  ['0.001', ['10']],
])('%s over %j is refused', (discount, over) => {
  expect(() => spreadDiscount(discount, over)).toThrow(RangeError);
});
