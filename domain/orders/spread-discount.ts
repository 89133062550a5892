import { fromCents, toCents } from '../money.ts';

/**
 * Spreads a discount over amounts in proportion to them, in cents, by largest remainder: the shares add up to the
 * discount exactly, none is more than its amount, and of equal remainders the earlier one gets the cent.
 *
 * @throws RangeError if the discount or an amount is negative or no money, or the discount exceeds the amounts' sum.
 */
export function spreadDiscount(discount: string, amounts: readonly string[]): string[] {
  const whole = toCents(discount);
  const weights = amounts.map(toCents);
  const sum = weights.reduce((total, weight) => total + weight, 0n);
  if (whole < 0n || weights.some((weight) => weight < 0n)) throw new RangeError('Only amounts above zero are spread');
  if (whole > sum) throw new RangeError(`A discount of ${discount} exceeds the ${fromCents(sum)} that it is given on`);
  if (whole === 0n) return weights.map(() => fromCents(0n));

  const shares = weights.map((weight, index) => {
    const product = whole * weight;
    return { index, cents: product / sum, remainder: product % sum };
  });
  const given = shares.reduce((total, share) => total + share.cents, 0n);
  const largestFirst = shares.toSorted((one, other) =>
    one.remainder === other.remainder ? one.index - other.index : one.remainder > other.remainder ? -1 : 1,
  );
  for (const share of largestFirst.slice(0, Number(whole - given))) share.cents += 1n;
  return shares.map(({ cents }) => fromCents(cents));
}
