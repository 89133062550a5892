import { Big } from 'big.js';
import { addMoney, fromCents, roundHalfUp, subtractMoney, timesMoney, toCents } from '../money.ts';

/** Fractions as decimal strings: `0.0825` is 8.25 %. */
export type TaxRates = { tax1Rate: string; tax2Rate: string };

/** What the till needs to know of a tax category; a class's rates stand in for the category's on lines of that class. */
export type SaleTax = TaxRates & { isTaxInclusive: boolean; classes: readonly (TaxRates & { taxClassId: string })[] };

/** A line as the till reckons it. `discount` is that of the line; lines with one have a quantity of 1. */
export type TillLine = {
  quantity: number;
  unitPrice: string;
  discount: string;
  taxable: boolean;
  taxClassId: string | null;
};

export type SaleTotals = { subtotal: string; discount: string; tax1: string; tax2: string; total: string };

/**
 * The totals that the till will reckon for a sale (to the cent): a line's tax is not rounded, the sale's two taxes are
 * each half-up cents of their sum over the lines. Without a tax the sale is untaxed.
 *
 * Tax-inclusive categories: tax is taken as the share `rate / (1 + rate1 + rate2)` of what the line costs, and the
 * total does not grow by it. No recording shows that case [GUESS: the sandbox's switch "tax-inclusive accounts"], so
 * such a sale is posted open and its total read before it is paid.
 *
 * @see lightspeed-r-series.md, "Totals": checked there on 98 recorded tax-exclusive sales. @throws RangeError
 */
export function predictSale(lines: readonly TillLine[], tax: SaleTax | null): SaleTotals {
  const subtotal = addMoney(...lines.map(({ unitPrice, quantity }) => timesMoney(unitPrice, quantity)));
  const discount = addMoney(...lines.map((line) => line.discount));
  const tax1 = tax ? sumOfTaxes(lines, tax, 'tax1Rate') : '0.00';
  const tax2 = tax ? sumOfTaxes(lines, tax, 'tax2Rate') : '0.00';
  const net = subtractMoney(subtotal, discount);
  return { subtotal, discount, tax1, tax2, total: tax?.isTaxInclusive ? net : addMoney(net, tax1, tax2) };
}

/** What a line costs before tax, discount taken off. */
export function lineNet(line: Pick<TillLine, 'quantity' | 'unitPrice' | 'discount'>): string {
  return subtractMoney(timesMoney(line.unitPrice, line.quantity), line.discount);
}

function sumOfTaxes(lines: readonly TillLine[], tax: SaleTax, which: keyof TaxRates): string {
  // By rate, so that a tax-inclusive division is done once per rate: a quotient of every line would be rounded.
  const centsByRates = new Map<TaxRates, bigint>();
  for (const line of lines) {
    if (!line.taxable) continue;
    const rates = tax.classes.find(({ taxClassId }) => taxClassId === line.taxClassId) ?? tax;
    centsByRates.set(rates, (centsByRates.get(rates) ?? 0n) + toCents(lineNet(line)));
  }
  let sum = new Big(0);
  for (const [rates, cents] of centsByRates) {
    const untaxedShare = tax.isTaxInclusive ? new Big(1).plus(rates.tax1Rate).plus(rates.tax2Rate) : new Big(1);
    sum = sum.plus(new Big(fromCents(cents)).times(rates[which]).div(untaxedShare));
  }
  return roundHalfUp(sum.toFixed(), 2);
}
