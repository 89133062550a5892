import { Big } from 'big.js';
import type { PlannedItem } from './web-catalogue.ts';

/** A line as the web shop sends it. Money as decimal strings. */
export interface WebLine {
  lineId: string;
  sku: string;
  description: string;
  quantity: number;
  unitPrice: string;
  discount: string;
  taxable: boolean;
}

/** An order as the web shop sends it. */
export interface WebOrder {
  placedAt: string;
  updatedAt: string;
  currency: string;
  total: string;
  taxTotal: string;
  discountTotal: string;
  email: string;
  customer: { firstName: string; lastName: string };
  billingAddress: { address1: string; city: string; state: string; zip: string; country: string };
  shippingAddress?: {
    firstName: string;
    lastName: string;
    address1: string;
    city: string;
    state: string;
    zip: string;
    country: string;
  };
  shipping?: { amount: string; taxable: boolean; method: string };
  locationId: string;
  lines: WebLine[];
}

/** What makes one order unlike another. */
export interface OrderWish {
  items: { item: PlannedItem; quantity: number; discount?: string }[];
  extraLines?: WebLine[];
  orderDiscount?: string;
  shipping?: string;
  /** As a fraction: "0.08". Absent: the order carries no tax. */
  taxRate?: string;
  buyer: number;
}

const buyers = [
  { firstName: 'Rosa', lastName: 'Lindqvist', street: '14 Quarry Lane' },
  { firstName: 'Tomas', lastName: 'Okafor', street: '221 Beech Hill' },
  { firstName: 'Mei', lastName: 'Castellan', street: '9 Signal Row' },
] as const;

/** Adds up an order the way a web shop does: discounts first, then tax on what is left, half a cent rounded up. */
export function webOrder(wish: OrderWish, placedAt: string): WebOrder {
  const isTaxed = wish.taxRate !== undefined;
  const lines: WebLine[] = wish.items.map(({ item, quantity, discount = '0.00' }, index) => ({
    lineId: String(index + 1),
    sku: item.web.sku,
    description: item.web.description,
    quantity,
    unitPrice: item.till!.prices.standard,
    discount,
    taxable: isTaxed,
  }));
  lines.push(...(wish.extraLines ?? []));
  const goods = lines.reduce(
    (sum, line) => sum.plus(new Big(line.unitPrice).times(line.quantity)).minus(line.discount),
    new Big(0),
  );
  const net = goods.minus(wish.orderDiscount ?? '0');
  const tax = isTaxed ? net.times(wish.taxRate!).round(2, Big.roundHalfUp) : new Big(0);
  const { firstName, lastName, street } = buyers[wish.buyer % buyers.length]!;
  const address = { address1: street, city: 'Port Ellis', state: 'NY', zip: '10960', country: 'US' };
  return {
    placedAt,
    updatedAt: placedAt,
    currency: 'USD',
    total: net
      .plus(tax)
      .plus(wish.shipping ?? '0')
      .toFixed(2),
    taxTotal: tax.toFixed(2),
    discountTotal: wish.orderDiscount ?? '0.00',
    email: `${firstName}.${lastName}@example.com`.toLowerCase(),
    customer: { firstName, lastName },
    billingAddress: address,
    ...(wish.shipping === undefined
      ? {}
      : {
          shippingAddress: { firstName, lastName, ...address },
          shipping: { amount: wish.shipping, taxable: false, method: 'Ground' },
        }),
    locationId: 'harbour',
    lines,
  };
}
