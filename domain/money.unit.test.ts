import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addMoney,
  compareMoney,
  formatMoney,
  fromCents,
  isMoney,
  roundHalfUp,
  subtractMoney,
  timesMoney,
  toCents,
} from './money.ts';

const cents = fc.bigInt({ min: -99_999_999_999_999n, max: 99_999_999_999_999n });
const small = fc.bigInt({ min: -9_999_999_999n, max: 9_999_999_999n });
const money = small.map(fromCents);

test.each(['0', '12', '12.5', '12.00', '-0.01', '999999999999.99'])('%s is money', (value) => {
  expect(isMoney(value)).toBe(true);
});

test.each(['', ' 1', '1.', '.5', '1.234', '1e3', '+1', '01', '1,00', 'NaN', '--1', '1000000000000', '１'])(
  '%j is not',
  (value) => {
    expect(isMoney(value)).toBe(false);
    expect(() => toCents(value)).toThrow(RangeError);
  },
);

test('cents go out and come back', () => {
  fc.assert(
    fc.property(cents, (amount) => {
      expect(toCents(fromCents(amount))).toBe(amount);
    }),
  );
});

test('money adds up: in any order, in any grouping, and back by subtraction', () => {
  fc.assert(
    fc.property(money, money, money, (a, b, c) => {
      expect(addMoney(a, b)).toBe(addMoney(b, a));
      expect(addMoney(addMoney(a, b), c)).toBe(addMoney(a, addMoney(b, c)));
      expect(subtractMoney(addMoney(a, b), b)).toBe(a);
      expect(compareMoney(a, b)).toBe(Math.sign(Number(subtractMoney(a, b))));
      expect(timesMoney(a, 3)).toBe(addMoney(a, a, a));
    }),
  );
  expect(addMoney()).toBe('0.00');
  expect(addMoney('0.1', '0.2')).toBe('0.30');
});

test('the till rounds a half cent up', () => {
  expect(roundHalfUp('11.4860025', 2)).toBe('11.49'); // a line's tax of a recorded sale
  expect(roundHalfUp('0.125', 2)).toBe('0.13');
  expect(roundHalfUp('0.1249999999999999999999', 2)).toBe('0.12');
  expect(roundHalfUp('2.675', 2)).toBe('2.68'); // 2.67 in binary floats
  expect(roundHalfUp('-0.125', 2)).toBe('-0.13');
  expect(roundHalfUp('-0.001', 2)).toBe('0.00');
  expect(() => roundHalfUp('1e3', 2)).toThrow(RangeError);
});

test('rounding moves by at most half a cent', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), (millionths) => {
      const digits = String(millionths).padStart(7, '0');
      const rounded = toCents(roundHalfUp(`${digits.slice(0, -6)}.${digits.slice(-6)}`, 2)) * 10_000n;
      expect(millionths - rounded).toBeGreaterThanOrEqual(-5_000n);
      expect(millionths - rounded).toBeLessThan(5_000n);
    }),
  );
});

test('a person reads two decimals and the currency', () => {
  expect(formatMoney('12', 'USD')).toBe('12.00 USD');
  expect(formatMoney('-0.5', 'CAD')).toBe('-0.50 CAD');
});
