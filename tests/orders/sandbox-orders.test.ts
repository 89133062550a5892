import { expect } from 'vitest';
import type { Fault } from '../../sandbox/r-series/faults/fault.ts';
import { test as base } from './export-rig.ts';
import type { SandboxShop } from './sandbox-shop.ts';
import { openSandboxShop } from './sandbox-shop.ts';

const test = base.extend<{ shop: SandboxShop }>({
  shop: async ({ rig }, use) => {
    const shop = await openSandboxShop(rig);
    await use(shop);
    await shop.close();
  },
});

const line = { lineId: 'a', sku: 'MUG', description: 'Enamel mug', quantity: 1, unitPrice: '15.00' };
const order = {
  placedAt: '2026-11-24T10:00:00Z',
  updatedAt: '2026-11-24T10:00:00Z',
  currency: 'USD',
  total: '15.00',
  lines: [line],
};

/** What the till's own books say of its completed sales. */
function completedSales({ sandbox }: SandboxShop) {
  const books = [...sandbox.world.accounts.values()][0]!;
  return [...books.sales.all()]
    .filter(({ completed, voided }) => completed && !voided)
    .map(({ saleID, referenceNumber, calcTotal, balance, shopID, registerID, employeeID, taxCategoryID }) => {
      const lines = [...books.saleLines.all()].filter((saleLine) => saleLine.saleID === saleID);
      return { referenceNumber, total: calcTotal, balance, shopID, registerID, employeeID, taxCategoryID, lines };
    });
}

function stockOf({ sandbox, itemId }: SandboxShop, shopId: number): number {
  const books = [...sandbox.world.accounts.values()][0]!;
  const row = [...books.itemShops.all()].find(({ itemID, shopID }) => itemID === itemId && shopID === shopId);
  return Number(row?.qoh ?? 0);
}

function breakNext({ sandbox }: SandboxShop, method: string, path: string, fault: Fault): void {
  sandbox.world.faults.add({ fault, method, path, nth: 1, probability: 1 });
}

async function pay(shop: SandboxShop, orderId: string, changes: Record<string, unknown> = {}): Promise<void> {
  await shop.as('storefront', 'PUT', `/orders/${orderId}`, { ...order, ...changes });
  await shop.as('storefront', 'POST', `/orders/${orderId}/paid`, {
    paymentId: `pay-${orderId}`,
    amount: changes['total'] ?? order.total,
    method: 'card',
    capturedAt: '2026-11-24T10:01:00Z',
  });
}

const exported = (shop: SandboxShop, orderId: string) =>
  expect
    .poll(async () => (await shop.as('admin', 'GET', `/orders/${orderId}`)).body['message'], {
      timeout: 30_000,
      interval: 50,
    })
    .toContain('Exported as ticket');

test('a paid order is one completed sale that leaves the stock of the chosen shop (R23, R32)', async ({ shop }) => {
  const before = [stockOf(shop, 1), stockOf(shop, 2)];
  await pay(shop, '1001', { total: '30.00', lines: [{ ...line, quantity: 2 }] });
  await exported(shop, '1001');
  expect(completedSales(shop)).toMatchObject([
    { referenceNumber: '1001', total: '30', balance: '0', shopID: 1, registerID: 4, employeeID: 3 },
  ]);
  expect([stockOf(shop, 1), stockOf(shop, 2)]).toEqual([before[0]! - 2, before[1]]);
});

test('tax comes out to the cent by the category that gives it', async ({ shop }) => {
  await pay(shop, '1001', { total: '16.20', taxTotal: '1.20' });
  await exported(shop, '1001');
  expect(completedSales(shop)).toMatchObject([{ total: '16.2', balance: '0', taxCategoryID: 1 }]);
});

test('shipping, discounts, an unmatched line and a customer make one balanced sale (R30, R31)', async ({ shop }) => {
  await pay(shop, '1001', {
    total: '43.33',
    discountTotal: '1.67',
    email: 'Ada@Example.com',
    customer: { firstName: 'Ada', lastName: 'Moss' },
    billingAddress: { address1: '1 Quay', city: 'Troy', state: 'NY', zip: '12180', country: 'US' },
    shippingAddress: { address1: '2 Mole', city: 'Troy', state: 'NY', zip: '12180', country: 'US' },
    shipping: { amount: '5.00', method: 'Post' },
    lines: [
      { ...line, quantity: 2, discount: '1.00' },
      { ...line, lineId: 'b', sku: 'UNKNOWN', unitPrice: '11.00' },
    ],
  });
  await exported(shop, '1001');
  const [sale] = completedSales(shop);
  const books = [...shop.sandbox.world.accounts.values()][0]!;
  expect([sale?.total, sale?.balance, books.customers.size, books.shipTos.size]).toEqual(['43.33', '0', 1, 1]);
});

test('an order of one line with a customer costs at most 8.2 drips once the account is read', async ({ shop }) => {
  const buyer = { email: 'ada@example.com', customer: { firstName: 'Ada', lastName: 'Moss' } };
  await pay(shop, '1001', buyer);
  await exported(shop, '1001');
  shop.sandbox.world.log.reset();
  await pay(shop, '1002', buyer);
  await exported(shop, '1002');
  expect(shop.sandbox.world.log.counters()['drips']).toBeLessThanOrEqual(8.2);
});

test.for<[string, Fault]>([
  ['the answer is lost after the sale was booked', { kind: 'reset', when: 'after-commit' }],
  ['the connection breaks before it', { kind: 'reset', when: 'before-commit' }],
  ['the gateway gives up and the till commits later', { kind: 'late-commit', status: 504, commitAfterMs: 500 }],
  ['the till answers 500 after the commit', { kind: 'status', status: 500, when: 'after-commit' }],
  ['the till answers 503 before it', { kind: 'status', status: 503, when: 'before-commit' }],
  ['the answer is cut short', { kind: 'truncated-json' }],
  ['the answer is an HTML page', { kind: 'html', status: 502, when: 'after-commit' }],
  ['the rate limit is hit', { kind: 'rate-limit', retryAfterSeconds: 1 }],
  ['the till is slower than the deadline', { kind: 'latency', ms: 1_800 }],
])('one sale, and the stock moved once, when %s (R24)', async ([, fault], { shop }) => {
  const before = stockOf(shop, 1);
  breakNext(shop, 'POST', 'Sale', fault);
  await pay(shop, '1001');
  await exported(shop, '1001');
  expect([completedSales(shop).map(({ referenceNumber }) => referenceNumber), stockOf(shop, 1)]).toEqual([
    ['1001'],
    before - 1,
  ]);
});

test('one sale when the till ignores the reference filter and an answer is lost (R24)', async ({ shop }) => {
  shop.sandbox.world.switches.set('reference-filter', 'ignored');
  await pay(shop, '1001');
  await exported(shop, '1001');
  breakNext(shop, 'POST', 'Sale', { kind: 'reset', when: 'after-commit' });
  await pay(shop, '1002');
  await exported(shop, '1002');
  expect(completedSales(shop).map(({ referenceNumber }) => referenceNumber)).toEqual(['1001', '1002']);
});

test('prices that include tax: opened, read, completed, and resumed when that answer is lost (R24)', async ({
  shop,
}) => {
  const books = [...shop.sandbox.world.accounts.values()][0]!;
  shop.sandbox.world.switches.set('account-tax', 'inclusive');
  shop.sandbox.world.changes.run(() => {
    for (const category of books.taxCategories.all()) books.taxCategories.update(category, { isTaxInclusive: true });
  });
  breakNext(shop, 'PUT', 'Sale/*', { kind: 'reset', when: 'after-commit' });
  await pay(shop, '1001', { total: '16.20', taxTotal: '1.20', lines: [{ ...line, unitPrice: '16.20' }] });
  await exported(shop, '1001');
  expect(completedSales(shop)).toMatchObject([{ referenceNumber: '1001', total: '16.2', balance: '0' }]);
});

test('an employee who is locked out stops the export, which says so; unlocked and retried it goes on (R27, R36)', async ({
  shop,
}) => {
  const books = [...shop.sandbox.world.accounts.values()][0]!;
  shop.sandbox.world.changes.run(() => books.employees.update(books.employees.need(3), { lockOut: true }));
  await pay(shop, '1001');
  await expect
    .poll(async () => (await shop.as('admin', 'GET', '/orders/1001')).body['message'], { timeout: 15_000 })
    .toContain('locked out');
  shop.sandbox.world.changes.run(() => books.employees.update(books.employees.need(3), { lockOut: false }));
  await shop.as('admin', 'POST', '/orders/1001/retry');
  await exported(shop, '1001');
  expect(completedSales(shop)).toMatchObject([{ referenceNumber: '1001', employeeID: 3 }]);
});
