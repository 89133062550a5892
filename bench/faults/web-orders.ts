import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../../sandbox/r-series/random.ts';
import { upc } from '../../tests/inventory/upc.ts';
import type { Shop } from '../../tests/shop.ts';
import { createShop, webOrderExport } from '../../tests/shop.ts';
import { platformKey } from '../open-bench.ts';
import type { Installation } from './open-installation.ts';

/** A retailer with goods that are mapped. */
export interface FaultyShop extends Shop {
  goods: { sku: string; itemId: string }[];
  isTaxInclusive: boolean;
}

/** What was ordered, for the count at the end. */
export interface WebOrder {
  shop: FaultyShop;
  orderId: string;
  itemId: string;
  quantity: number;
  email: string | null;
  /** Of one unit. */
  unitPrice: string;
}

const goodsPerShop = 4;
export const inStock = 100_000;
const placedAt = '2030-01-01T10:00:00Z';

/** Opens a shop: every fourth has prices that include tax, every third a till that ignores the reference filter. */
export async function openFaultyShop(
  { apiUrl, sandbox }: Pick<Installation, 'apiUrl' | 'sandbox'>,
  place: number,
): Promise<FaultyShop> {
  const shop = await createShop(apiUrl, sandbox, `shop-${place}`, platformKey);
  const account = Number(shop.accountId);
  const isTaxInclusive = place % 4 === 3;
  const { switches, changes, accounts } = sandbox.world;
  if (place % 3 === 2) switches.set('reference-filter', 'ignored', account);
  if (isTaxInclusive) {
    switches.set('account-tax', 'inclusive', account);
    const { taxCategories } = accounts.get(account)!;
    changes.run(() => {
      for (const category of taxCategories.all()) taxCategories.update(category, { isTaxInclusive: true });
    });
  }
  const goods = [];
  for (let n = 0; n < goodsPerShop; n += 1) {
    const sku = `GOOD-${n}`;
    const stock = [{ shopId: '1', qoh: inStock }];
    const thing = { description: sku, upc: upc(n), prices: { Default: '10' }, stock };
    goods.push({ sku, itemId: (await shop.till.call('POST', '/items', thing))['itemId'] as string });
  }
  const items = goods.map(({ sku }, n) => ({ sku, gtin1: upc(n) }));
  await shop.storefront.expect('PUT', '/catalog/items', { items });
  await shop.setUp({ orderExport: { ...webOrderExport, refunds: true } });
  for (;;) {
    const { mappings } = await shop.admin.expect('GET', '/mappings?state=mapped');
    if ((mappings as unknown[]).length === goodsPerShop) return { ...shop, goods, isTaxInclusive };
    await delay(100);
  }
}

/** Tells of an order as a storefront does: each call again until it is taken, facts in any order, now and then twice. */
export async function placeOrder(shop: FaultyShop, number: number, random: Random): Promise<WebOrder> {
  const orderId = `w${number}`;
  const { sku, itemId } = random.pick(shop.goods);
  const quantity = random.whole(1, 3);
  const email = random.chance(0.25) ? null : `buyer-${random.whole(1, 40)}@example.com`;
  const isShipped = random.chance(0.3);
  const unitPrice = shop.isTaxInclusive ? '16.20' : '15.00';
  const total = (Number(unitPrice) * quantity + (isShipped ? 5 : 0)).toFixed(2);
  const snapshot = {
    placedAt,
    updatedAt: placedAt,
    currency: 'USD',
    total,
    ...(shop.isTaxInclusive && { taxTotal: (1.2 * quantity).toFixed(2) }),
    ...(email !== null && { email, customer: { firstName: 'Ada', lastName: 'Moss' } }),
    ...(isShipped && {
      shipping: { amount: '5.00', method: 'Post', taxable: false },
      shippingAddress: { address1: '2 Mole', city: 'Troy', country: 'US' },
    }),
    lines: [{ lineId: '1', sku, description: sku, quantity, unitPrice }],
  };
  const half = (Number(total) / 2).toFixed(2);
  const payment = (paymentId: string, amount: string) => ({ paymentId, amount, method: 'card', capturedAt: placedAt });
  const payments = random.chance(0.3)
    ? [payment('p1', half), payment('p2', (Number(total) - Number(half)).toFixed(2))]
    : [payment('p1', total)];
  const facts: (() => Promise<void>)[] = [
    () => tell(shop, 'PUT', `/orders/${orderId}`, snapshot),
    ...payments.map((paid) => () => tell(shop, 'POST', `/orders/${orderId}/paid`, paid)),
  ];
  const order = random.chance(0.3) ? facts.toReversed() : facts;
  for (const fact of order) await fact();
  if (random.chance(0.2)) for (const fact of order) await fact();
  return { shop, orderId, itemId, quantity, email, unitPrice };
}

/** Tells that one unit of an order was given back, and its price; now and then twice. */
export async function refundOrder({ shop, orderId, unitPrice }: WebOrder, random: Random): Promise<void> {
  const refund = { refundId: 'r1', amount: unitPrice, at: placedAt, lines: [{ lineId: '1', quantity: 1 }] };
  for (const _ of random.chance(0.3) ? [1, 2] : [1]) await tell(shop, 'POST', `/orders/${orderId}/refunded`, refund);
}

async function tell({ storefront }: FaultyShop, method: string, path: string, body: unknown): Promise<void> {
  for (;;) {
    const answer = await storefront.call(method, path, body).catch(() => null); // the API is being started again
    if (answer && answer.status < 300) return;
    if (answer && answer.status < 500) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
    await delay(200);
  }
}
