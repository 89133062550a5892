import { addMoney, compareMoney, fromCents, subtractMoney, toCents } from '../money.ts';
import type { OrderLine, OrderSnapshot } from './order-snapshot.ts';
import type { TillLine } from './predict-sale.ts';
import { lineNet } from './predict-sale.ts';
import { spreadDiscount } from './spread-discount.ts';

/** The POS item of an order's line. */
export type LineMapping = {
  itemId: string;
  taxClassId: string | null;
};

/** A line of the sale. Without an `itemId` it is a misc line, and `note` says what it is. */
export type SalePlanLine = TillLine & {
  kind: 'item' | 'misc' | 'shipping' | 'tax' | 'refund' | 'rounding';
  orderLineId: string | null;
  itemId: string | null;
  note: string | null;
};

/**
 * Up to so many units, a discounted line becomes lines of one unit each, since the till's documentation doesn't say
 * whether `discountAmount` is per unit or per line [GUESS: sandbox switch]. Units beyond are sold at a lowered price,
 * in at most two lines: the same total, at half a drip a line and without the discount shown apart.
 */
export const mostUnitLines = 50;

/** Which units of an order to turn into lines: those still wanted, or all that were ordered. */
export type Units = 'wanted' | 'ordered';

/**
 * The sale's lines for the order's goods, gift cards left out (R31): what has a mapping by its item, the rest as misc
 * lines with SKU and text; the order's discount spread over them, and what exceeds them taken off the shipping.
 *
 * @throws RangeError if discounts exceed what they are given on, or an amount is no money.
 */
export function saleLines(
  order: OrderSnapshot,
  mappings: Readonly<Record<string, LineMapping>>,
  units: Units,
): SalePlanLine[] {
  const goods = goodsOf(order);
  const nets = goods.map(({ net }) => net);
  const shares = spreadDiscount(smaller(order.discountTotal, addMoney(...nets)), nets);
  return goods.flatMap(({ line }, index) => {
    const discount = addMoney(line.discount, shares[index]!);
    return withDiscount(
      baseLine(line, mappingOf(mappings, line.lineId)),
      line.quantity,
      discount,
      wantedUnits(line, units),
    );
  });
}

/**
 * The shipping as a line of its own (R31), on the chosen item or as a misc line; null if there is nothing to pay.
 *
 * @throws RangeError if the order's discount exceeds lines and shipping together.
 */
export function shippingLine(order: OrderSnapshot, itemId: string | null, taxable: boolean): SalePlanLine | null {
  const amount = order.shipping?.amount ?? '0';
  const nets = goodsOf(order).map(({ net }) => net);
  const discount = subtractMoney(order.discountTotal, smaller(order.discountTotal, addMoney(...nets)));
  if (compareMoney(discount, amount) > 0) {
    throw new RangeError(`The order's discount of ${order.discountTotal} exceeds its lines and shipping`);
  }
  if (compareMoney(amount, '0') === 0) return null;
  const method = order.shipping?.method ? `: ${order.shipping.method}` : '';
  const line = { ...ownLine('shipping', `Shipping${method}`, amount), itemId, discount, taxable };
  return itemId === null ? line : { ...line, note: null }; // the item says what it is; a note costs half a drip
}

/** The mapping of a line, if it has one; `constructor` and its like are possible ids of lines too. */
function mappingOf(mappings: Readonly<Record<string, LineMapping>>, lineId: string): LineMapping | undefined {
  return Object.hasOwn(mappings, lineId) ? mappings[lineId] : undefined;
}

/** A line that stands for money and no goods of the order: untaxed, one unit, no item. */
export function ownLine(kind: SalePlanLine['kind'], note: string, unitPrice: string): SalePlanLine {
  const line = { quantity: 1, unitPrice: addMoney(unitPrice), discount: '0.00', taxable: false, taxClassId: null };
  return { ...line, kind, orderLineId: null, itemId: null, note };
}

/** What the order's gift cards cost: that much money stays off the sale as well. */
export function giftCardTotal(order: Pick<OrderSnapshot, 'lines'>): string {
  const cards = order.lines.filter(({ kind }) => kind === 'gift-card');
  return addMoney(...cards.map((line) => lineNet({ ...line, quantity: wantedUnits(line, 'wanted') })));
}

/** Units of a line that are neither cancelled nor left out. */
export function wantedUnits(line: Pick<OrderLine, 'quantity' | 'cancelledQuantity'>, units: Units): number {
  return units === 'ordered' ? line.quantity : line.quantity - (line.cancelledQuantity ?? 0);
}

/** The lines that are sold, with what a discount on the order may take off each: nothing off a line below zero. */
function goodsOf(order: OrderSnapshot): { line: OrderLine; net: string }[] {
  return order.lines
    .filter(({ kind }) => kind !== 'gift-card')
    .map((line) => ({ line, net: larger('0', lineNet(line)) }));
}

type BaseLine = Omit<SalePlanLine, 'quantity' | 'discount'>;

function baseLine(line: OrderLine, mapping: LineMapping | undefined): BaseLine {
  return {
    kind: mapping ? 'item' : 'misc',
    orderLineId: line.lineId,
    itemId: mapping?.itemId ?? null,
    note: mapping ? null : `${line.sku} ${line.description}`.trim(),
    unitPrice: addMoney(line.unitPrice),
    taxable: line.taxable ?? (line.tax === undefined || compareMoney(line.tax, '0') !== 0),
    taxClassId: mapping?.taxClassId ?? null,
  };
}

function withDiscount(base: BaseLine, ordered: number, discount: string, wanted: number): SalePlanLine[] {
  const shareOf = unitShares(base.unitPrice, discount, ordered);
  const groups = [
    { share: shareOf.larger, quantity: Math.min(wanted, shareOf.largerUnits) },
    { share: shareOf.smaller, quantity: Math.max(0, wanted - shareOf.largerUnits) },
  ].filter(({ quantity }) => quantity > 0);
  return groups.flatMap(({ share, quantity }) => {
    if (compareMoney(share, '0') === 0) return [{ ...base, quantity, discount: '0.00' }];
    if (wanted <= mostUnitLines)
      return Array.from({ length: quantity }, () => ({ ...base, quantity: 1, discount: share }));
    const note = base.note ?? `Discount of ${share} on each`;
    return [{ ...base, note, quantity, unitPrice: subtractMoney(base.unitPrice, share), discount: '0.00' }];
  });
}

/** A line's discount by unit, as `spreadDiscount` over equal amounts would give it, in two numbers. */
function unitShares(unitPrice: string, discount: string, units: number) {
  const cents = toCents(discount);
  if (cents < 0n || (cents > 0n && cents > toCents(unitPrice) * BigInt(units))) {
    throw new RangeError(`A discount of ${discount} does not go with ${units} × ${unitPrice}`);
  }
  const count = BigInt(units);
  const share = units === 0 ? 0n : cents / count;
  const largerUnits = units === 0 ? 0 : Number(cents % count);
  return { larger: fromCents(share + 1n), largerUnits, smaller: fromCents(share) };
}

function larger(one: string, other: string): string {
  return compareMoney(one, other) >= 0 ? one : other;
}

function smaller(one: string, other: string): string {
  return compareMoney(one, other) <= 0 ? one : other;
}
