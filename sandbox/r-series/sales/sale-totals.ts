import { Big } from 'big.js';
import type { LineAmounts, MoneyRules } from './line-amounts.ts';
import { toCents } from './line-amounts.ts';

/** A sale's figures, in cents. */
export type SaleTotals = {
  calcSubtotal: Big;
  calcDiscount: Big;
  calcTaxable: Big;
  calcNonTaxable: Big;
  calcTax1: Big;
  calcTax2: Big;
  calcTotal: Big;
};

/**
 * Adds a sale up: tax is the half-up cents of the sum of unrounded line taxes, and
 * total = subtotal - discount + tax1 + tax2. With inclusive prices the total is what the prices say and the subtotal is
 * what is left without tax, so that the same equation holds [GUESS].
 */
export function saleTotals(
  lines: readonly (LineAmounts & { isTaxed: boolean })[],
  { isInclusive }: MoneyRules,
): SaleTotals {
  const sum = (of: (line: LineAmounts & { isTaxed: boolean }) => Big): Big =>
    toCents(lines.reduce((total, line) => total.plus(of(line)), new Big(0)));
  const charged = (line: LineAmounts): Big => line.gross.minus(line.lineDiscount).minus(line.saleDiscount);
  const gross = sum((line) => line.gross);
  const calcDiscount = sum((line) => line.lineDiscount.plus(line.saleDiscount));
  const calcTax1 = sum((line) => line.tax1);
  const calcTax2 = sum((line) => line.tax2);
  const calcSubtotal = isInclusive ? gross.minus(calcTax1).minus(calcTax2) : gross;
  return {
    calcSubtotal,
    calcDiscount,
    calcTaxable: sum((line) => (line.isTaxed ? charged(line) : new Big(0))),
    calcNonTaxable: sum((line) => (line.isTaxed ? new Big(0) : charged(line))),
    calcTax1,
    calcTax2,
    calcTotal: calcSubtotal.minus(calcDiscount).plus(calcTax1).plus(calcTax2),
  };
}
