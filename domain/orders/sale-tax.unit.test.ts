import { expect, test } from 'vitest';
import type { TaxCategory } from './choose-tax.ts';
import { ownLine } from './sale-lines.ts';
import { pricesIncludeTax, saleTax } from './sale-tax.ts';

const category = (taxCategoryId: string, tax1Rate: string): TaxCategory => {
  return { taxCategoryId, tax1Rate, tax2Rate: '0', isTaxInclusive: false, classes: [] };
};
const goods = { ...ownLine('misc', 'MUG-1 Enamel mug', '100'), taxable: true };
const shipping = ownLine('shipping', 'Shipping', '25');
const untaxedShipping = { lines: [goods, shipping], isShippingTaxable: false };
const taxedShipping = { lines: [goods, { ...shipping, taxable: true }], isShippingTaxable: true };
const facts = { pricesIncludeTax: false, policy: 'line' as const, taxItemId: null };

test("of two readings that fit, the one by the shop's default category is taken", () => {
  const taxCategories = [category('1', '0.08'), category('2', '0.1')];
  const readings = [untaxedShipping, taxedShipping] as const;
  const choose = (defaultTaxCategoryId: string | null) =>
    saleTax({ ...facts, taxTotal: '10', readings, taxCategories, defaultTaxCategoryId });
  expect(choose('2')).toMatchObject({ taxCategoryId: '2', isShippingTaxable: false });
  expect(choose('1')).toMatchObject({ taxCategoryId: '1', isShippingTaxable: true });
  expect(choose(null)).toMatchObject({ taxCategoryId: '2', isShippingTaxable: false });
});

test('a line that stands for the tax is untaxed and the sale bears no category', () => {
  const result = saleTax({
    ...facts,
    taxTotal: '9',
    readings: [untaxedShipping],
    taxCategories: [category('1', '0.08')],
    defaultTaxCategoryId: '1',
    taxItemId: '77',
  });
  expect(result).toMatchObject({ taxCategoryId: '0', tax: null, taxLine: { itemId: '77', taxable: false } });
});

test('prices include tax when the lines alone make up the total', () => {
  const reads = (total: string, taxTotal: string, giftCards = '0') =>
    pricesIncludeTax({ total, taxTotal }, [untaxedShipping], giftCards, '0.05');
  expect(reads('125.00', '10')).toBe(true);
  expect(reads('125.05', '10')).toBe(true);
  expect(reads('175.00', '10', '50')).toBe(true);
  expect(reads('135.00', '10')).toBe(false);
  expect(reads('125.00', '0')).toBe(false);
  expect(reads('125.03', '0.03'), 'both would do').toBe(false);
  expect(reads('130.00', '10'), 'neither does').toBe(false);
});
