import { Big } from 'big.js';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LineTerms } from './line-amounts.ts';
import { lineAmounts } from './line-amounts.ts';
import { saleTotals } from './sale-totals.ts';

const plain = { isInclusive: false, discountIsPerUnit: false };
const terms = (more: Partial<LineTerms>): LineTerms => ({
  unitQuantity: '1',
  unitPrice: '0',
  discountAmount: '0',
  discountPercent: '0',
  saleDiscountPercent: '0',
  isTaxed: true,
  tax1Rate: '0',
  tax2Rate: '0',
  ...more,
});

test('a line keeps its tax unrounded, as recorded', () => {
  expect(lineAmounts(terms({ unitPrice: '229.72005', tax1Rate: '0.05' }), plain).tax1.toFixed()).toBe('11.4860025');
});

test("a percentage discount is rounded to cents, as in the docs' sample", () => {
  expect(lineAmounts(terms({ unitPrice: '69.9', discountPercent: '0.05' }), plain).lineDiscount.toFixed()).toBe('3.5');
});

test('a discount amount is for the line or for each unit', () => {
  const line = terms({ unitQuantity: '3', unitPrice: '10', discountAmount: '1' });
  expect(lineAmounts(line, plain).lineDiscount.toFixed()).toBe('1');
  expect(lineAmounts(line, { ...plain, discountIsPerUnit: true }).lineDiscount.toFixed()).toBe('3');
});

test('the sale rounds the sum of its lines once, half up', () => {
  const line = lineAmounts(terms({ unitPrice: '0.1', tax1Rate: '0.05' }), plain); // half a cent each
  const totals = saleTotals(
    [line, line, line].map((amounts) => ({ ...amounts, isTaxed: true })),
    plain,
  );
  expect(totals.calcTax1.toFixed()).toBe('0.02'); // 0.015, not three times 0.01
});

const cents = fc.integer({ min: 0, max: 5_000_000 });
const randomLine = fc.record({
  quantity: fc.integer({ min: 1, max: 20 }),
  cents,
  discount: fc.integer({ min: 0, max: 50 }),
  isTaxed: fc.boolean(),
});
const rate = fc.integer({ min: 0, max: 2_500 });

test('a tax-exclusive sale adds up, by an independent sum in whole numbers', () => {
  fc.assert(
    fc.property(fc.array(randomLine, { minLength: 1, maxLength: 12 }), rate, rate, (lines, rate1, rate2) => {
      const amounts = lines.map(({ quantity, cents, discount, isTaxed }) => ({
        ...lineAmounts(
          terms({
            unitQuantity: String(quantity),
            unitPrice: new Big(cents).div(100).toFixed(),
            discountAmount: new Big(discount).div(100).toFixed(),
            isTaxed,
            tax1Rate: new Big(rate1).div(10_000).toFixed(),
            tax2Rate: new Big(rate2).div(10_000).toFixed(),
          }),
          plain,
        ),
        isTaxed,
      }));
      const totals = saleTotals(amounts, plain);
      const sum = (of: (line: (typeof lines)[number]) => number) =>
        lines.reduce((total, line) => total + BigInt(of(line)), 0n);
      const net = sum((line) => line.quantity * line.cents - line.discount);
      const taxable = sum((line) => (line.isTaxed ? line.quantity * line.cents - line.discount : 0));
      const halfUp = (tenThousandths: bigint) =>
        tenThousandths >= 0n ? (tenThousandths + 5_000n) / 10_000n : -((-tenThousandths + 5_000n) / 10_000n);
      const tax = [rate1, rate2].map((rate) => halfUp(taxable * BigInt(rate)));
      expect(totals.calcTotal.times(100).toFixed()).toBe(String(net + tax[0]! + tax[1]!));
    }),
  );
});

test('an inclusive sale costs what its prices say, whatever the rate', () => {
  fc.assert(
    fc.property(fc.array(randomLine, { minLength: 1, maxLength: 12 }), rate, (lines, rate1) => {
      const rules = { ...plain, isInclusive: true };
      const amounts = lines.map(({ quantity, cents, isTaxed }) => ({
        ...lineAmounts(
          terms({
            unitQuantity: String(quantity),
            unitPrice: new Big(cents).div(100).toFixed(),
            isTaxed,
            tax1Rate: new Big(rate1).div(10_000).toFixed(),
          }),
          rules,
        ),
        isTaxed,
      }));
      const totals = saleTotals(amounts, rules);
      const said = lines.reduce((total, { quantity, cents }) => total + BigInt(quantity * cents), 0n);
      expect(totals.calcTotal.times(100).toFixed()).toBe(String(said));
      expect(totals.calcSubtotal.plus(totals.calcTax1).toFixed()).toBe(totals.calcTotal.toFixed());
    }),
  );
});
