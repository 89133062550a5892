import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMoney, compareMoney, fromCents, subtractMoney } from '../money.ts';
import type { SaleTax, TillLine } from './predict-sale.ts';
import { predictSale } from './predict-sale.ts';

const line = (more: Partial<TillLine>): TillLine => {
  return { quantity: 1, unitPrice: '0', discount: '0', taxable: true, taxClassId: null, ...more };
};
const rates = (tax1Rate: string, tax2Rate = '0', more: Partial<SaleTax> = {}): SaleTax => {
  return { tax1Rate, tax2Rate, isTaxInclusive: false, classes: [], ...more };
};

describe('examples', () => {
  test('the tutorial sale: two mugs at 18 with 13 % come to 40.68', () => {
    expect(predictSale([line({ quantity: 2, unitPrice: '18' })], rates('0.13'))).toEqual({
      subtotal: '36.00',
      discount: '0.00',
      tax1: '4.68',
      tax2: '0.00',
      total: '40.68',
    });
  });

  test('tax is rounded once, on the sum: three halves of a cent are two cents, not three', () => {
    const lines = [line({ unitPrice: '0.05' }), line({ unitPrice: '0.05' }), line({ unitPrice: '0.05' })];
    expect(predictSale(lines, rates('0.1')).tax1).toBe('0.02');
  });

  test('two taxes are rounded one by one', () => {
    expect(predictSale([line({ unitPrice: '0.50' })], rates('0.05', '0.05'))).toMatchObject({
      tax1: '0.03',
      tax2: '0.03',
      total: '0.56',
    });
  });

  test('a class overrides the rates of its lines only', () => {
    const tax = rates('0.08', '0.01', { classes: [{ taxClassId: '2', tax1Rate: '0.04', tax2Rate: '0' }] });
    const lines = [line({ unitPrice: '100', taxClassId: '2' }), line({ unitPrice: '50', taxClassId: '3' })];
    expect(predictSale(lines, tax)).toMatchObject({ tax1: '8.00', tax2: '0.50', total: '158.50' });
  });

  test('untaxed lines bear no tax, and without a category none does', () => {
    const lines = [line({ unitPrice: '10' }), line({ unitPrice: '5', taxable: false })];
    expect(predictSale(lines, rates('0.1')).tax1).toBe('1.00');
    expect(predictSale(lines, null)).toMatchObject({ tax1: '0.00', tax2: '0.00', total: '15.00' });
  });

  test('a discount lowers what is taxed, a negative line too', () => {
    const lines = [line({ unitPrice: '10', discount: '2.50' }), line({ unitPrice: '-1' })];
    expect(predictSale(lines, rates('0.1'))).toMatchObject({
      subtotal: '9.00',
      discount: '2.50',
      tax1: '0.65',
      total: '7.15',
    });
  });

  test('no lines come to nothing', () => {
    expect(predictSale([], rates('0.1')).total).toBe('0.00');
  });

  test('[GUESS] prices that include tax: the tax is a share of the total, which does not grow', () => {
    const tax = rates('0.2', '0', { isTaxInclusive: true });
    expect(predictSale([line({ unitPrice: '12' })], tax)).toMatchObject({ tax1: '2.00', total: '12.00' });
    const two = rates('0.05', '0.07', { isTaxInclusive: true });
    expect(predictSale([line({ unitPrice: '112' })], two)).toMatchObject({
      tax1: '5.00',
      tax2: '7.00',
      total: '112.00',
    });
  });
});

/** The fact sheet's arithmetic once more, in whole numbers: cents, and rates in hundredths of a per mille. */
type WholeLine = { quantity: number; price: number; discount: number; taxable: boolean; taxClassId: string | null };
const wholeRate = (rate: number) => String(rate / 100_000);
const halfUpCents = (hundredThousandths: number) => Math.floor((hundredThousandths * 2 + 100_000) / 200_000);

const wholeLine: fc.Arbitrary<WholeLine> = fc
  .record({
    quantity: fc.integer({ min: 1, max: 9 }),
    price: fc.integer({ min: 0, max: 50_000 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    taxable: fc.boolean(),
    taxClassId: fc.constantFrom(null, '1', '2'),
  })
  .map(({ share, ...rest }) => ({ ...rest, discount: Math.floor(share * rest.price * rest.quantity) }));
const wholeRates = fc.record({ tax1: fc.integer({ min: 0, max: 25_000 }), tax2: fc.integer({ min: 0, max: 10_000 }) });

test('whatever the lines and rates, the prediction is the arithmetic of the recordings', () => {
  fc.assert(
    fc.property(fc.array(wholeLine, { maxLength: 8 }), wholeRates, wholeRates, (lines, category, ofClass) => {
      const tax = rates(wholeRate(category.tax1), wholeRate(category.tax2), {
        classes: [{ taxClassId: '2', tax1Rate: wholeRate(ofClass.tax1), tax2Rate: wholeRate(ofClass.tax2) }],
      });
      const taxOf = (which: 'tax1' | 'tax2') => {
        let sum = 0;
        for (const { quantity, price, discount, taxable, taxClassId } of lines) {
          const rate = (taxClassId === '2' ? ofClass : category)[which];
          sum += taxable ? (quantity * price - discount) * rate : 0;
        }
        return halfUpCents(sum);
      };
      const cents = (amount: number) => fromCents(BigInt(amount));
      const subtotal = lines.reduce((sum, { quantity, price }) => sum + quantity * price, 0);
      const discount = lines.reduce((sum, each) => sum + each.discount, 0);
      const tillLines = lines.map(({ price, discount, ...rest }) => {
        return { ...rest, unitPrice: cents(price), discount: cents(discount) };
      });
      expect(predictSale(tillLines, tax)).toEqual({
        subtotal: cents(subtotal),
        discount: cents(discount),
        tax1: cents(taxOf('tax1')),
        tax2: cents(taxOf('tax2')),
        total: cents(subtotal - discount + taxOf('tax1') + taxOf('tax2')),
      });
    }),
  );
});

test('money adds up in every sale, and the order of its lines changes nothing', () => {
  const anyLine = wholeLine.map(({ price, discount, ...rest }) => {
    return { ...rest, unitPrice: fromCents(BigInt(price)), discount: fromCents(BigInt(discount)) };
  });
  fc.assert(
    fc.property(fc.array(anyLine), wholeRates, fc.boolean(), (lines, { tax1, tax2 }, isTaxInclusive) => {
      const tax = rates(wholeRate(tax1), wholeRate(tax2), { isTaxInclusive });
      const sale = predictSale(lines, tax);
      const net = subtractMoney(sale.subtotal, sale.discount);
      expect(sale.total).toBe(isTaxInclusive ? net : addMoney(net, sale.tax1, sale.tax2));
      expect(predictSale(lines.toReversed(), tax)).toEqual(sale);
      expect(compareMoney(sale.tax1, '0')).toBeGreaterThanOrEqual(0);
    }),
  );
});
