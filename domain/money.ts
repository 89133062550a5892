import { Big } from 'big.js';

/** Twelve digits before the point are more than any order, and fit every column that holds money. */
const money = /^-?(0|[1-9]\d{0,11})(\.\d{1,2})?$/;
const decimal = /^-?\d+(\.\d+)?$/;

/** Whether the text is an amount of money: a plain decimal with at most two decimals, such as `12`, `-0.5`, `12.00`. */
export function isMoney(value: string): boolean {
  return money.test(value);
}

/** The amount in whole cents. @throws RangeError if it is not money. */
export function toCents(amount: string): bigint {
  if (!isMoney(amount)) throw new RangeError(`"${amount}" is not an amount of money`);
  return BigInt(new Big(amount).times(100).toFixed(0));
}

/** Cents as an amount with two decimals: `1200n` is `12.00`. */
export function fromCents(cents: bigint): string {
  return new Big(cents.toString()).div(100).toFixed(2);
}

/** The sum, with two decimals; `0.00` of nothing. @throws RangeError if an amount is not money. */
export function addMoney(...amounts: readonly string[]): string {
  return fromCents(amounts.reduce((sum, amount) => sum + toCents(amount), 0n));
}

/** What is left of the first amount without the second, with two decimals. @throws RangeError if one is not money. */
export function subtractMoney(amount: string, less: string): string {
  return fromCents(toCents(amount) - toCents(less));
}

/** -1 if the first amount is the smaller one, 1 if it is the larger, 0 if they are equal. @throws RangeError */
export function compareMoney(one: string, other: string): -1 | 0 | 1 {
  const difference = toCents(one) - toCents(other);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** A unit price times whole units, with two decimals. @throws RangeError if the price is not money or units are split. */
export function timesMoney(amount: string, units: number): string {
  return fromCents(toCents(amount) * BigInt(units));
}

/**
 * A decimal rounded to so many places, halves away from zero, as the till rounds tax: `0.125` to 2 is `0.13`.
 *
 * @see lightspeed-r-series.md, "Totals". @throws RangeError if the value is not a plain decimal.
 */
export function roundHalfUp(value: string, places: number): string {
  if (!decimal.test(value)) throw new RangeError(`"${value}" is not a decimal`);
  const rounded = new Big(value).round(places, 1);
  return (rounded.eq(0) ? new Big(0) : rounded).toFixed(places);
}

/** For a person to read: `12.00 USD`. @throws RangeError if the amount is not money. */
export function formatMoney(amount: string, currency: string): string {
  return `${fromCents(toCents(amount))} ${currency}`;
}
