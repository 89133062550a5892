import { Big } from 'big.js';
import { addMoney, compareMoney, subtractMoney } from '../money.ts';
import type { TaxPolicy } from '../setup/settings.ts';
import type { TaxCategory, TaxChoice } from './choose-tax.ts';
import { chooseTax, webTaxCategoryName } from './choose-tax.ts';
import type { SaleTax } from './predict-sale.ts';
import { lineNet } from './predict-sale.ts';
import type { SalePlanLine } from './sale-lines.ts';
import { ownLine } from './sale-lines.ts';

/** One way to read the order: its lines, with shipping taxed or not, and with cancelled units or without. */
export type Reading = { lines: SalePlanLine[]; isShippingTaxable: boolean };

export type SaleTaxResult =
  | {
      kind: 'taxed';
      choice: Exclude<TaxChoice, { kind: 'attention' }>;
      /** Sent always, so that a customer's own category can't change the total; null only if one is to be made. */
      taxCategoryId: string | null;
      createTaxCategory: { name: string; rate: string } | null;
      /** The rates to predict with; null if every line is sent untaxed. */
      tax: SaleTax | null;
      taxLine: SalePlanLine | null;
      isShippingTaxable: boolean;
    }
  | { kind: 'attention'; reason: string };

/** The till's *no tax category*: recorded sales with it are untaxed. @see lightspeed-r-series.md, "Tax" */
const noTaxCategory = '0';

/**
 * The sale's tax by `chooseTax`, tried on every reading of the order in turn, since a storefront need not say whether
 * shipping is taxed, nor whether its tax is still that of units cancelled since. The shop's default category wins over
 * the order of the readings; if no reading fits, the policy is asked about the first.
 */
export function saleTax(input: {
  taxTotal: string;
  readings: readonly [Reading, ...Reading[]];
  taxCategories: readonly TaxCategory[];
  defaultTaxCategoryId: string | null;
  pricesIncludeTax: boolean;
  policy: TaxPolicy | 'accepted';
  taxItemId: string | null;
}): SaleTaxResult {
  const { readings, ...rest } = input;
  const choices = readings.map((reading) => ({ reading, choice: chooseTax({ ...rest, lines: reading.lines }) }));
  const fitting = choices.filter(({ choice }) => choice.kind === 'category');
  const { reading, choice } =
    fitting.find(({ choice }) => choice.kind === 'category' && choice.taxCategoryId === input.defaultTaxCategoryId) ??
    fitting[0] ??
    choices[0]!;
  const untaxed = { taxCategoryId: noTaxCategory, createTaxCategory: null, tax: null, taxLine: null };
  const { isShippingTaxable } = reading;
  switch (choice.kind) {
    case 'attention':
      return choice;
    case 'untaxed':
      return { kind: 'taxed', choice, ...untaxed, isShippingTaxable };
    case 'tax-line': {
      const taxLine = { ...ownLine('tax', 'Tax', choice.amount), itemId: input.taxItemId };
      return { kind: 'taxed', choice, ...untaxed, taxLine, isShippingTaxable };
    }
    case 'category': {
      const tax = input.taxCategories.find(({ taxCategoryId }) => taxCategoryId === choice.taxCategoryId)!;
      return { kind: 'taxed', choice, ...untaxed, taxCategoryId: choice.taxCategoryId, tax, isShippingTaxable };
    }
    case 'create': {
      const tax = { tax1Rate: choice.rate, tax2Rate: '0', isTaxInclusive: false, classes: [] };
      const createTaxCategory = { name: webTaxCategoryName(choice.rate), rate: choice.rate };
      return { kind: 'taxed', choice, ...untaxed, taxCategoryId: null, createTaxCategory, tax, isShippingTaxable };
    }
  }
}

/**
 * Whether the order's prices hold its tax already: its lines alone, and not its lines with the tax, make up its total
 * (gift cards counted in). Lines off by more than the tolerance either way are taken as prices before tax.
 */
export function pricesIncludeTax(
  order: { total: string; taxTotal: string },
  readings: readonly Reading[],
  giftCards: string,
  tolerance: string,
): boolean {
  const isTotal = (amount: string) => new Big(subtractMoney(amount, order.total)).abs().lte(tolerance);
  const sums = readings.map(({ lines }) => addMoney(giftCards, ...lines.map(lineNet)));
  if (compareMoney(order.taxTotal, '0') === 0 || sums.some((sum) => isTotal(addMoney(sum, order.taxTotal)))) {
    return false;
  }
  return sums.some(isTotal);
}
