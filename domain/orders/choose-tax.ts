import { Big } from 'big.js';
import { addMoney, compareMoney, roundHalfUp, subtractMoney } from '../money.ts';
import type { TaxPolicy } from '../setup/settings.ts';
import type { SaleTax, TillLine } from './predict-sale.ts';
import { lineNet, predictSale } from './predict-sale.ts';

/** A tax category of the account, with the rates of its classes. */
export type TaxCategory = SaleTax & { taxCategoryId: string };

export type TaxChoice =
  | { kind: 'category'; taxCategoryId: string }
  /** The order bears no tax: every line is sent untaxed. */
  | { kind: 'untaxed' }
  /** Every line is sent untaxed, and the tax as a line of its own. */
  | { kind: 'tax-line'; amount: string }
  /** A category of this rate (a fraction) is to be made; see `webTaxCategoryName`. */
  | { kind: 'create'; rate: string }
  | { kind: 'attention'; reason: string };

/**
 * How the sale gets the order's tax to the cent: the account's category whose predicted tax equals it, the shop's
 * default first, then by id; no tax on the order makes every line untaxed. Where none fits, the tenant's policy: a
 * line of its own, a new category, or a person's decision.
 * A person who has accepted the tax as it stands gets the line, or of prices that include tax lines sent untaxed.
 * Prices that include tax fit tax-inclusive categories only, and no policy but a person helps them: a tax line would
 * be paid twice, and lines sent untaxed would hide the tax from the books.
 */
export function chooseTax(input: {
  taxTotal: string;
  lines: readonly TillLine[];
  taxCategories: readonly TaxCategory[];
  defaultTaxCategoryId: string | null;
  pricesIncludeTax: boolean;
  policy: TaxPolicy | 'accepted';
}): TaxChoice {
  const { taxTotal, lines, pricesIncludeTax, policy } = input;
  const sign = compareMoney(taxTotal, '0');
  if (sign < 0) return { kind: 'attention', reason: `The order's tax is negative (${taxTotal})` };
  if (sign === 0) return { kind: 'untaxed' };

  const predictions = input.taxCategories
    .filter(({ isTaxInclusive }) => isTaxInclusive === pricesIncludeTax)
    .toSorted((one, other) => rank(one, input.defaultTaxCategoryId) - rank(other, input.defaultTaxCategoryId))
    .map(({ taxCategoryId, ...tax }) => ({ taxCategoryId, tax: taxOf(lines, tax) }));
  const fit = predictions.find(({ tax }) => compareMoney(tax, taxTotal) === 0);
  if (fit) return { kind: 'category', taxCategoryId: fit.taxCategoryId };

  if (policy === 'accepted') return pricesIncludeTax ? { kind: 'untaxed' } : { kind: 'tax-line', amount: taxTotal };
  const reason = `No tax category gives the order's tax of ${taxTotal}${nearest(predictions, taxTotal)}`;
  if (pricesIncludeTax) return { kind: 'attention', reason: `${reason}; the order's prices include tax` };
  switch (policy) {
    case 'line':
      return { kind: 'tax-line', amount: taxTotal };
    case 'create': {
      const rate = simplestRate(taxTotal, lines);
      return rate === null
        ? { kind: 'attention', reason: `${reason}, nor does any one rate` }
        : { kind: 'create', rate };
    }
    case 'attention':
      return { kind: 'attention', reason };
  }
}

/** The name of a category made for a rate (a fraction): `Web 8.25%`. Looked for by name, so that it is reused. */
export function webTaxCategoryName(rate: string): string {
  return `Web ${new Big(rate).times(100).toFixed()}%`;
}

/** The default category first, then by id as a number: ids have no fixed width. */
function rank({ taxCategoryId }: TaxCategory, defaultTaxCategoryId: string | null): number {
  return taxCategoryId === defaultTaxCategoryId ? -1 : Number(taxCategoryId);
}

function taxOf(lines: readonly TillLine[], tax: SaleTax): string {
  const { tax1, tax2 } = predictSale(lines, tax);
  return addMoney(tax1, tax2);
}

function nearest(predictions: readonly { taxCategoryId: string; tax: string }[], taxTotal: string): string {
  const distance = ({ tax }: { tax: string }) => new Big(subtractMoney(tax, taxTotal)).abs();
  const [closest] = predictions.toSorted((one, other) => distance(one).cmp(distance(other)));
  return closest ? ` (nearest: category ${closest.taxCategoryId} with ${closest.tax})` : '';
}

const mostDecimals = 6;

/** The rate with the fewest decimals that gives this tax on the taxable lines; null if there is none up to 100 %. */
function simplestRate(taxTotal: string, lines: readonly TillLine[]): string | null {
  const taxable = new Big(addMoney(...lines.filter((line) => line.taxable).map(lineNet)));
  if (taxable.lte(0)) return null;
  const exact = new Big(taxTotal).div(taxable);
  if (exact.gt(1)) return null;
  for (let decimals = 2; decimals <= mostDecimals; decimals += 1) {
    const rate = exact.round(decimals, 1);
    if (roundHalfUp(taxable.times(rate).toFixed(), 2) === new Big(taxTotal).toFixed(2)) return rate.toFixed();
  }
  return null;
}
