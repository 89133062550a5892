import { Big } from 'big.js';

/** What decides a line's money. Rates are fractions (0.05), percents too. */
export type LineTerms = {
  unitQuantity: string;
  unitPrice: string;
  discountAmount: string;
  discountPercent: string;
  /** The sale's own percentage (deprecated by the vendor), spread over its lines. */
  saleDiscountPercent: string;
  isTaxed: boolean;
  tax1Rate: string;
  tax2Rate: string;
};

/** Positions of the switches that decide about money. */
export type MoneyRules = { isInclusive: boolean; discountIsPerUnit: boolean };

/** A line's amounts, unrounded but for percentage discounts. `gross` is quantity times price, tax included or not. */
export type LineAmounts = { gross: Big; lineDiscount: Big; saleDiscount: Big; tax1: Big; tax2: Big };

/** Half-up to cents (away from zero below it). */
export function toCents(amount: Big): Big {
  return amount.round(2, Big.roundHalfUp);
}

/**
 * The recorded arithmetic: tax is rate times (subtotal minus discounts), unrounded; a percentage discount is rounded to cents.
 * Inclusive prices contain their tax: net = price / (1 + rates) [GUESS].
 * @see lightspeed-r-series.md, "Totals" and "Discount rounding"
 */
export function lineAmounts(terms: LineTerms, rules: MoneyRules): LineAmounts {
  const gross = new Big(terms.unitQuantity).times(terms.unitPrice);
  const amount = new Big(terms.discountAmount).times(rules.discountIsPerUnit ? terms.unitQuantity : 1);
  const lineDiscount = amount.plus(toCents(gross.times(terms.discountPercent)));
  const saleDiscount = toCents(gross.minus(lineDiscount).times(terms.saleDiscountPercent));
  const charged = gross.minus(lineDiscount).minus(saleDiscount);
  const rates = new Big(terms.tax1Rate).plus(terms.tax2Rate);
  const base = rules.isInclusive ? charged.div(rates.plus(1)) : charged;
  const taxAt = (rate: string): Big => (terms.isTaxed ? base.times(rate) : new Big(0));
  return { gross, lineDiscount, saleDiscount, tax1: taxAt(terms.tax1Rate), tax2: taxAt(terms.tax2Rate) };
}
