import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMoney, fromCents, roundHalfUp } from '../money.ts';
import type { TaxCategory } from './choose-tax.ts';
import { chooseTax, webTaxCategoryName } from './choose-tax.ts';
import type { TillLine } from './predict-sale.ts';
import { predictSale } from './predict-sale.ts';

const line = (unitPrice: string, more: Partial<TillLine> = {}): TillLine => {
  return { quantity: 1, unitPrice, discount: '0', taxable: true, taxClassId: null, ...more };
};
const category = (taxCategoryId: string, tax1Rate: string, more: Partial<TaxCategory> = {}): TaxCategory => {
  return { taxCategoryId, tax1Rate, tax2Rate: '0', isTaxInclusive: false, classes: [], ...more };
};
const inState = category('1', '0.0825');
const outOfState = category('2', '0.04');
const choose = (taxTotal: string, more: Partial<Parameters<typeof chooseTax>[0]> = {}) =>
  chooseTax({
    taxTotal,
    lines: [line('100')],
    taxCategories: [inState, outOfState],
    defaultTaxCategoryId: '1',
    pricesIncludeTax: false,
    policy: 'line',
    ...more,
  });

describe("the category whose tax is the order's to the cent", () => {
  test("pickup and shipped in state: the shop's own", () => {
    expect(choose('8.25')).toEqual({ kind: 'category', taxCategoryId: '1' });
  });
  test('shipped out of state: the other one', () => {
    expect(choose('4.00')).toEqual({ kind: 'category', taxCategoryId: '2' });
  });
  test('exempt or out of reach: every line untaxed', () => {
    expect(choose('0')).toEqual({ kind: 'untaxed' });
    expect(choose('0.00', { taxCategories: [], policy: 'attention' })).toEqual({ kind: 'untaxed' });
  });
  test('two taxes count together', () => {
    const two = category('3', '0.05', { tax2Rate: '0.09975' });
    expect(choose('14.98', { taxCategories: [two] })).toEqual({ kind: 'category', taxCategoryId: '3' });
  });
  test('several classes: each line by its own', () => {
    const classes = [{ taxClassId: '7', tax1Rate: '0', tax2Rate: '0' }];
    const withClass = category('3', '0.0825', { classes });
    const lines = [line('100', { taxClassId: '7' }), line('10')];
    expect(choose('0.83', { lines, taxCategories: [inState, withClass] })).toMatchObject({ taxCategoryId: '3' });
    expect(choose('9.08', { lines, taxCategories: [withClass, inState] })).toMatchObject({ taxCategoryId: '1' });
  });
  test("of several that fit, the shop's default; else the lowest id, in numbers", () => {
    const twins = [category('10', '0.0825'), category('9', '0.0825'), inState];
    expect(choose('8.25', { taxCategories: twins })).toMatchObject({ taxCategoryId: '1' });
    expect(choose('8.25', { taxCategories: twins.slice(0, 2) })).toMatchObject({ taxCategoryId: '9' });
    expect(choose('8.25', { taxCategories: twins, defaultTaxCategoryId: '10' })).toMatchObject({ taxCategoryId: '10' });
  });
});

describe('where none fits, the policy', () => {
  test('line: the tax as it stands', () => {
    expect(choose('7.77')).toEqual({ kind: 'tax-line', amount: '7.77' });
    expect(choose('8.24')).toEqual({ kind: 'tax-line', amount: '8.24' });
  });
  test('create: the simplest rate that gives the tax', () => {
    expect(choose('7', { policy: 'create' })).toEqual({ kind: 'create', rate: '0.07' });
    expect(choose('8.88', { policy: 'create' })).toEqual({ kind: 'create', rate: '0.0888' });
    const lines = [line('1000'), line('50', { taxable: false })];
    expect(choose('88.75', { policy: 'create', lines })).toEqual({ kind: 'create', rate: '0.08875' });
    expect(webTaxCategoryName('0.08875')).toBe('Web 8.875%');
    expect(webTaxCategoryName('0.07')).toBe('Web 7%');
  });
  test('create: a person, where no rate can give it', () => {
    expect(choose('7', { policy: 'create', lines: [line('100', { taxable: false })] }).kind).toBe('attention');
    expect(choose('7', { policy: 'create', lines: [line('5')] }).kind).toBe('attention');
  });
  test('R36: attention says what was asked for and what came nearest', () => {
    expect(choose('8.24', { policy: 'attention' })).toEqual({
      kind: 'attention',
      reason: "No tax category gives the order's tax of 8.24 (nearest: category 1 with 8.25)",
    });
  });
  test("a negative tax is nobody's", () => {
    expect(choose('-1').kind).toBe('attention');
  });
});

describe('prices that include tax', () => {
  const inclusive = category('3', '0.2', { isTaxInclusive: true });
  const over = { lines: [line('120')], taxCategories: [inclusive, category('4', '0.2')], pricesIncludeTax: true };

  test('fit inclusive categories only', () => {
    const sixth = [category('5', '0.1666667')]; // 20.00 on 120.00, were the tax added
    expect(choose('20.00', { ...over, taxCategories: sixth }).kind).toBe('attention');
    expect(choose('20.00', { ...over, taxCategories: sixth, pricesIncludeTax: false }).kind).toBe('category');
    expect(choose('20.00', over)).toEqual({ kind: 'category', taxCategoryId: '3' });
    expect(choose('24.00', { ...over, pricesIncludeTax: false })).toEqual({ kind: 'category', taxCategoryId: '4' });
  });
  test.each(['line', 'create', 'attention'] as const)('go to a person where none fits, with policy %s', (policy) => {
    expect(choose('19.00', { ...over, policy }).kind).toBe('attention');
  });
});

const cents = fc.integer({ min: 1, max: 100_000 }).map((amount) => fromCents(BigInt(amount)));
const rate = fc.integer({ min: 1, max: 20_000 }).map((each) => String(each / 100_000));

test("tax reckoned by one of the account's categories is found, and what is chosen gives the tax", () => {
  fc.assert(
    fc.property(
      fc.array(cents, { minLength: 1 }),
      fc.array(rate, { minLength: 1, maxLength: 5 }),
      fc.nat(),
      (prices, all, pick) => {
        const lines = prices.map((price) => line(price));
        const taxCategories = all.map((each, index) => category(String(index + 1), each));
        const sale = predictSale(lines, taxCategories[pick % all.length]!);
        const taxTotal = addMoney(sale.tax1, sale.tax2);
        const choice = choose(taxTotal, { lines, taxCategories, policy: 'attention' });
        if (taxTotal === '0.00') {
          expect(choice).toEqual({ kind: 'untaxed' });
          return;
        }
        const chosen = taxCategories.find(
          (each) => choice.kind === 'category' && each.taxCategoryId === choice.taxCategoryId,
        );
        expect(predictSale(lines, chosen!).tax1).toBe(taxTotal);
        expect(choose(taxTotal, { lines, taxCategories: taxCategories.toReversed(), policy: 'attention' })).toEqual(
          choice,
        );
      },
    ),
  );
});

test('a rate that is made gives the tax to the cent', () => {
  fc.assert(
    fc.property(fc.array(cents, { minLength: 1, maxLength: 5 }), rate, (prices, anyRate) => {
      const lines = prices.map((price) => line(price));
      const taxTotal = predictSale(lines, category('1', anyRate)).tax1;
      fc.pre(taxTotal !== '0.00');
      const choice = choose(taxTotal, { lines, taxCategories: [], policy: 'create' });
      expect(choice.kind).toBe('create');
      const made = choice.kind === 'create' ? choice.rate : '';
      expect(predictSale(lines, category('9', made)).tax1).toBe(taxTotal);
      expect(Number(roundHalfUp(made, 6))).toBe(Number(made));
      expect(made.length).toBeLessThanOrEqual(Math.max(4, anyRate.length));
    }),
  );
});
