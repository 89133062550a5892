import { randomUUID } from 'node:crypto';
import { vi } from 'vitest';
import type { ApiClient } from '../../sandbox/demo/api-client.ts';
import type { AccountBooks } from '../../sandbox/r-series/books/account-books.ts';
import type { Fault } from '../../sandbox/r-series/faults/fault.ts';
import { upc } from '../inventory/upc.ts';
import type { BookedSale, Shop } from '../shop.ts';
import { createShop, webOrderExport } from '../shop.ts';
import { test as base, platformKey } from '../stack-test.ts';

type Body = Record<string, unknown>;

/** A good that a shop's till and catalogue both have, mapped. Its stock in shops 1 and 2 is `inStock`. */
export interface Good {
  sku: string;
  taxClassID?: number;
  fee?: { name: string; amount: string };
}

export interface OrderOptions {
  /** What differs from `webOrderExport`. */
  settings?: Body;
  goods?: Good[];
}

export const inStock = 100;
/** Later than any setup: orders of then are exported. */
export const placedAt = '2030-01-01T10:00:00Z';
export const mug = { lineId: 'a', sku: 'MUG', description: 'Enamel mug', quantity: 1, unitPrice: '15.00' };
export const mugOrder = { placedAt, updatedAt: placedAt, currency: 'USD', total: '15.00', lines: [mug] };
/** When the n-th change was made, in minutes. */
export const at = (minute: number) => `2030-01-01T10:${String(minute).padStart(2, '0')}:00Z`;

/** A retailer that sells. Amounts are of one mug, 15.00, where nothing else is said. */
export interface OrderShop extends Shop {
  /** The till's own books. */
  books: AccountBooks;
  /** POS item ids, in the order of the goods. */
  itemIds: string[];
  put(orderId: string, changes?: Body): Promise<Body>;
  pay(orderId: string, amount?: string, changes?: Body): Promise<Body>;
  /** Sends an order and all of its money. */
  place(orderId: string, changes?: Body): Promise<void>;
  order(orderId: string): Promise<Body>;
  /** Waits until both the list and the details say so. */
  says(orderId: string, words: string | RegExp): Promise<void>;
  /** Places an order and waits for its sale. */
  sell(orderId: string, changes?: Body): Promise<BookedSale>;
  accept(orderId: string): ReturnType<ApiClient['call']>;
  /** The completed sales that bear the order's number. */
  salesOf(orderId: string): Promise<BookedSale[]>;
  saleOf(orderId: string): Promise<BookedSale | undefined>;
  attention(): Promise<Body[]>;
  /** What persons did to the order: what, and who. */
  handiwork(orderId: string): Promise<unknown[]>;
  /** Breaks the next calls of this kind, each in its way. */
  breakNext(method: string, path: string, ...faults: Fault[]): void;
  stockOf(itemId: string, shopId: string): Promise<number>;
}

/**
 * The stack for orders: shops of their own by `openShop`, for tests that bend the till, and by `standingShop` one per
 * settings for the file, whose tests have orders of their own. All tests may run beside each other.
 */
export const test = base.extend<{
  openShop: (options?: OrderOptions) => Promise<OrderShop>;
  standingShop: (settings?: Body) => Promise<OrderShop>;
}>({
  openShop: [
    async ({ app, sandbox }, use) => {
      await use(async ({ settings = {}, goods = [] } = {}) => {
        const shop = await createShop(app.url, sandbox, `shop-${randomUUID().slice(0, 8)}`, platformKey, { items: 1 });
        const { world } = sandbox;
        const account = Number(shop.accountId);
        const books = world.accounts.get(account)!;
        const itemIds = await stockGoods(shop, goods);
        await shop.setUp({ pricing: { enabled: false }, orderExport: { ...webOrderExport, ...settings } });
        await until(async () => {
          const { mappings } = await shop.admin.expect('GET', '/mappings?state=mapped');
          return (mappings as unknown[]).length === goods.length || 'its goods are not mapped yet';
        });
        const breakNext: OrderShop['breakNext'] = (method, path, ...faults) => {
          for (const [turn, fault] of faults.entries()) {
            world.faults.add({ fault, method, path, account, nth: turn + 1, count: 1, probability: 1 });
          }
        };
        return { ...shop, books, itemIds, breakNext, ...sellingIn(shop) };
      });
    },
    { scope: 'file' },
  ],
  standingShop: [
    async ({ openShop }, use) => {
      const shops = new Map<string, Promise<OrderShop>>();
      await use((settings = {}) => {
        const key = JSON.stringify(settings);
        const shop = shops.get(key) ?? openShop({ settings });
        shops.set(key, shop);
        return shop;
      });
    },
    { scope: 'file' },
  ],
});

async function stockGoods(shop: Shop, goods: Good[]): Promise<string[]> {
  const itemIds: string[] = [];
  for (const [n, { sku, ...fields }] of goods.entries()) {
    const stock = ['1', '2'].map((shopId) => ({ shopId, qoh: inStock }));
    const item = { description: sku, upc: upc(n), prices: { Default: '10' }, taxClassID: 1, ...fields, stock };
    itemIds.push((await shop.till.call('POST', '/items', item))['itemId'] as string);
  }
  const items = goods.map(({ sku }, n) => ({ sku, gtin1: upc(n) }));
  if (items.length > 0) await shop.storefront.expect('PUT', '/catalog/items', { items });
  return itemIds;
}

function sellingIn({ storefront, admin, operator, till }: Shop) {
  const order = (orderId: string) => admin.expect('GET', `/orders/${orderId}`);
  const salesOf = async (orderId: string) =>
    (await till.sales()).filter(({ referenceNumber }) => referenceNumber === orderId);
  const shop = {
    order,
    salesOf,
    saleOf: async (orderId: string) => (await salesOf(orderId))[0],
    put: (orderId: string, changes: Body = {}) =>
      storefront.expect('PUT', `/orders/${orderId}`, { ...mugOrder, ...changes }),
    pay: (orderId: string, amount = '15.00', changes: Body = {}) =>
      storefront.expect('POST', `/orders/${orderId}/paid`, {
        paymentId: `pay-${orderId}`,
        amount,
        method: 'card',
        capturedAt: at(1),
        ...changes,
      }),
    async place(orderId: string, changes: Body = {}) {
      await shop.put(orderId, changes);
      await shop.pay(orderId, (changes['total'] as string | undefined) ?? mugOrder.total);
    },
    async says(orderId: string, words: string | RegExp) {
      await until(async () => {
        const [{ message }, { orders }] = [
          await operator.expect('GET', `/orders/${orderId}`),
          await operator.expect('GET', `/orders?q=${orderId}`),
        ];
        const listed = (orders as Body[]).find((one) => one['orderId'] === orderId);
        const isSaid = typeof words === 'string' ? String(message).includes(words) : words.test(String(message));
        return (isSaid && listed?.['message'] === message) || `${orderId}: ${String(message)}, not ${String(words)}`;
      });
    },
    async sell(orderId: string, changes: Body = {}) {
      await shop.place(orderId, changes);
      await shop.says(orderId, 'Exported as ticket');
      return (await salesOf(orderId))[0]!;
    },
    accept: (orderId: string) => admin.call('POST', `/orders/${orderId}/resolve`, { as: 'accepted' }),
    attention: async () => (await admin.expect('GET', '/attention'))['attention'] as Body[],
    async handiwork(orderId: string) {
      const { history } = (await order(orderId)) as { history: { code: string; by: string | null }[] };
      return history.filter(({ by }) => by !== null).map(({ code, by }) => [code, by]);
    },
    async stockOf(itemId: string, shopId: string) {
      const { stock } = await till.call('GET', `/items/${itemId}`);
      return Number((stock as { shopId: string; qoh: string }[]).find((row) => row.shopId === shopId)?.qoh);
    },
  };
  return shop;
}

/**
 * Asks until it is so. Not `expect.poll`, which knows no tests that run beside each other.
 * @param isSo true, or why not yet, in words.
 */
export const until = (isSo: () => Promise<true | string>) =>
  vi.waitFor(
    async () => {
      const answer = await isSo();
      if (answer !== true) throw new Error(answer);
    },
    { timeout: 50_000, interval: 50 },
  );
