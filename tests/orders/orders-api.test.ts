import { expect } from 'vitest';
import { mappings, posItems } from '../../db/schema/inventory.ts';
import type { ExportRig, RigShop } from './export-rig.ts';
import { test } from './export-rig.ts';

const line = { lineId: 'a', sku: 'MUG', description: 'Enamel mug', quantity: 1, unitPrice: '15.00' };
const order = {
  placedAt: '2026-11-24T10:00:00Z',
  updatedAt: '2026-11-24T10:00:00Z',
  currency: 'USD',
  total: '15.00',
  lines: [line],
};
const payment = { paymentId: 'p1', amount: '15.00', method: 'card', capturedAt: '2026-11-24T10:01:00Z' };

/** Item 20 of the till is the mug, from now on. */
async function mapMug(rig: ExportRig, tenant: string): Promise<void> {
  const item = { tenant, itemId: '20', systemSku: '210000000020', description: 'Mug', itemType: 'default' };
  const now = new Date();
  await rig.db.insert(posItems).values({
    prices: {},
    ...item,
    manufacturerId: '0',
    taxClassId: '1',
    taxable: true,
    archived: false,
    timeStamp: now,
    seenAt: now,
  });
  await rig.db
    .insert(mappings)
    .values({ tenant, sku: 'MUG', state: 'mapped', itemId: '20', matchedBy: 'gtin1-upc', candidates: [], reason: '' });
}

async function exports(shop: RigShop, changes: Record<string, unknown>, paid = payment): Promise<void> {
  await shop.as('storefront', 'PUT', '/orders/1001', { ...order, ...changes });
  await shop.as('storefront', 'POST', '/orders/1001/paid', { ...paid, amount: changes['total'] ?? paid.amount });
  await becomes(shop, 'Exported');
}

const messageOf = async (shop: RigShop) => (await shop.as('operator', 'GET', '/orders/1001')).body['message'];

const becomes = (shop: RigShop, words: string) =>
  expect.poll(() => messageOf(shop), { timeout: 15_000, interval: 50 }).toContain(words);

test('an order paid at once becomes a sale of the mapped item, from the chosen shop (R23, R32)', async ({ rig }) => {
  const shop = await rig.openShop();
  await mapMug(rig, shop.tenant);
  await exports(shop, {});
  expect(shop.world.sales.map(({ sent }) => sent)).toMatchObject([
    {
      completed: true,
      employeeId: '2',
      registerId: '5',
      shopId: '1',
      referenceNumber: '1001',
      referenceNumberSource: `tillbridge:${shop.tenant}`,
      lines: [{ itemId: '20', quantity: 1, unitPrice: '15.00' }],
      payments: [{ paymentTypeId: '3', amount: '15.00', remoteReference: 'p1' }],
    },
  ]);
});

test('an order paid in two parts says what is due until it is paid (R26)', async ({ rig }) => {
  const shop = await rig.openShop();
  await shop.as('storefront', 'PUT', '/orders/1001', order);
  const half = await shop.as('storefront', 'POST', '/orders/1001/paid', { ...payment, amount: '3.00' });
  const list = await shop.as('admin', 'GET', '/orders?state=waiting');
  expect([half.body['message'], await messageOf(shop), list.body['orders']]).toMatchObject([
    'Unbalanced: 12.00 USD due',
    'Unbalanced: 12.00 USD due',
    [{ orderId: '1001', message: 'Unbalanced: 12.00 USD due' }],
  ]);
  await shop.as('storefront', 'POST', '/orders/1001/paid', { ...payment, paymentId: 'p2', amount: '12.00' });
  await becomes(shop, 'Exported as ticket');
});

test('an order waits to be fulfilled, line by line (R29)', async ({ rig }) => {
  const shop = await rig.openShop({ whenFulfilled: true });
  await shop.as('storefront', 'PUT', '/orders/1001', { ...order, total: '30.00', lines: [{ ...line, quantity: 2 }] });
  const paid = await shop.as('storefront', 'POST', '/orders/1001/paid', { ...payment, amount: '30.00' });
  const fulfil = (fulfilmentId: string, by: string) =>
    shop.as('storefront', 'POST', '/orders/1001/fulfilled', {
      fulfilmentId,
      by,
      at: '2026-11-24T11:00:00Z',
      lines: [{ lineId: 'a', quantity: 1 }],
    });
  const half = await fulfil('f1', 'store');
  expect([paid.body['message'], half.body['message']]).toEqual([
    'Waiting for fulfilment: 2 of MUG',
    'Waiting for fulfilment: 1 of MUG',
  ]);
  await fulfil('f2', 'supplier');
  await becomes(shop, 'Exported');
});

test('a line without a POS item is sold as a misc line with its SKU and text', async ({ rig }) => {
  const shop = await rig.openShop();
  await exports(shop, {});
  expect(shop.world.sales[0]?.sent.lines).toMatchObject([{ itemId: null, note: 'MUG Enamel mug', unitPrice: '15.00' }]);
});

test('shipping is a line of its own, and its address goes along (R31)', async ({ rig }) => {
  const shop = await rig.openShop();
  await exports(shop, {
    total: '20.00',
    email: 'Ada@Example.com',
    customer: { firstName: 'Ada', lastName: 'Moss' },
    shipping: { amount: '5.00', method: 'Post' },
    shippingAddress: { address1: '2 Mole', city: 'Troy', country: 'US' },
  });
  expect(shop.world.sales[0]?.sent).toMatchObject({
    lines: [{ unitPrice: '15.00' }, { note: 'Shipping: Post', unitPrice: '5.00' }],
    shipTo: { firstName: 'Ada', address: { city: 'Troy', countryCode: 'US' } },
    payments: [{ amount: '20.00' }],
  });
});

test('gift cards and the money that paid for them stay off the sale (R31)', async ({ rig }) => {
  const shop = await rig.openShop();
  const giftCard = { lineId: 'g', sku: 'GIFT', kind: 'gift-card', quantity: 1, unitPrice: '25.00' };
  await exports(shop, { total: '40.00', lines: [line, giftCard] });
  expect(shop.world.sales[0]).toMatchObject({ calcTotal: '15.00', sent: { payments: [{ amount: '15.00' }] } });
});

test('discounts of line and order add up to the cent', async ({ rig }) => {
  const shop = await rig.openShop();
  const lines = [
    { ...line, quantity: 3, unitPrice: '10.00', discount: '1.00' },
    { ...line, lineId: 'b', unitPrice: '5.00' },
  ];
  await exports(shop, { total: '27.33', discountTotal: '6.67', lines });
  expect(shop.world.sales).toMatchObject([{ calcTotal: '27.33', balance: '0.00' }]);
});

test('tax that no category gives is a line of its own', async ({ rig }) => {
  const shop = await rig.openShop();
  await exports(shop, { total: '16.05', taxTotal: '1.05' });
  expect(shop.world.sales[0]?.sent).toMatchObject({
    taxCategoryId: null,
    lines: [{ tax: false }, { unitPrice: '1.05' }],
  });
});

test('a cancelled order makes no sale', async ({ rig }) => {
  const shop = await rig.openShop();
  await shop.as('storefront', 'PUT', '/orders/1001', order);
  const answer = await shop.as('storefront', 'POST', '/orders/1001/cancelled', { at: '2026-11-24T10:05:00Z' });
  await shop.as('storefront', 'POST', '/orders/1001/paid', payment);
  expect([answer.status, await messageOf(shop), shop.world.sales]).toEqual([202, 'Cancelled: no sale was made', []]);
});

test('an order sent twice over makes one sale, one never paid makes none (R24, R25)', async ({ rig }) => {
  const shop = await rig.openShop();
  await shop.as('storefront', 'PUT', '/orders/1002', order);
  await exports(shop, {});
  const again = await shop.as('storefront', 'POST', '/orders/1001/paid', payment);
  await shop.as('storefront', 'PUT', '/orders/1001', order);
  expect(again.body).toMatchObject({ state: 'exported', ignored: 'Ignored: this payment is known already' });
  await rig.client.workflow.getHandle(`order-export/${shop.tenant}/1001`).result();
  expect(shop.world.sales.map(({ referenceNumber }) => referenceNumber)).toEqual(['1001']);
});

test('the customer is found by billing e-mail, whatever its case, else made with the billing address (R30)', async ({
  rig,
}) => {
  const shop = await rig.openShop();
  const buyer = {
    email: 'Ada@Example.com',
    customer: { firstName: 'Ada', lastName: 'Moss' },
    billingAddress: { address1: '1 Quay', city: 'Troy', country: 'US' },
  };
  await exports(shop, buyer);
  await shop.as('storefront', 'PUT', '/orders/1002', { ...order, ...buyer, email: 'ADA@example.com' });
  await shop.as('storefront', 'POST', '/orders/1002/paid', payment);
  await expect.poll(() => shop.world.sales.length, { timeout: 15_000 }).toBe(2);
  expect([shop.world.customers, shop.world.sales.map(({ sent }) => sent.customerId)]).toMatchObject([
    [{ email: 'ada@example.com', address: { address1: '1 Quay' } }],
    ['1', '1'],
  ]);
});

test('the planned sale is shown before it is sent, and everything that happened after', async ({ rig }) => {
  const shop = await rig.openShop({ mode: 'dry-run' });
  await shop.as('storefront', 'PUT', '/orders/1001', order);
  await shop.as('storefront', 'POST', '/orders/1001/paid', payment);
  await becomes(shop, 'Dry run: a sale of 15.00 USD is planned');
  const planned = await shop.as('admin', 'GET', '/orders/1001');
  await shop.as('admin', 'POST', '/orders/1001/retry');
  await becomes(shop, 'Exported');
  const { body } = await shop.as('admin', 'GET', '/orders/1001');
  expect([planned.body['plannedSale'], body]).toMatchObject([
    { mode: 'one-post', totals: { total: '15.00' } },
    { ticketNumber: '220000000001', payments: [{ paymentId: 'p1', state: 'captured' }], plannedSale: null },
  ]);
});

test('an admin settles an order as a ticket that the till has; any other ticket is refused (R33)', async ({ rig }) => {
  const shop = await rig.openShop();
  await exports(shop, {});
  await shop.as('storefront', 'PUT', '/orders/1002', order);
  const resolve = (ticketNumber: string) =>
    shop.as('admin', 'POST', '/orders/1002/resolve', { as: 'ticket', ticketNumber });
  const taken = await resolve('220000000001');
  const { sent } = shop.world.sales[0]!;
  shop.world.sales.push({ ...shop.world.sales[0]!, saleId: '2', ticketNumber: '220000000002', sent });
  const settled = await resolve('220000000002');
  const unknown = await resolve('17');
  expect([taken, settled, unknown].map(({ status, body }) => [status, body['code'] ?? body['message']])).toMatchObject([
    [409, 'ticket-used'],
    [202, expect.stringContaining('Settled by hand as ticket 220000000002 by the admin')],
    [422, 'ticket-unknown'],
  ]);
});

test('pages of orders go by a cursor, each order once', async ({ rig }) => {
  const shop = await rig.openShop();
  for (const id of ['1', '2', '3', '4', '5']) await shop.as('storefront', 'PUT', `/orders/${id}`, order);
  const seen: string[] = [];
  let cursor = '';
  do {
    const { body } = await shop.as('admin', 'GET', `/orders?limit=2${cursor}`);
    const page = body as { orders: { orderId: string }[]; next: string | null };
    seen.push(...page.orders.map(({ orderId }) => orderId));
    cursor = page.next === null ? '' : `&cursor=${page.next}`;
  } while (cursor !== '');
  expect(seen).toEqual(['5', '4', '3', '2', '1']);
  expect((await shop.as('admin', 'GET', '/orders?q=MUG&limit=1')).body['orders']).toHaveLength(1);
});

test.for([
  ['PUT', '/orders/1001', { ...order, total: 15 }, 'invalid', 'total'],
  ['PUT', '/orders/1001', { ...order, total: '15.001' }, 'invalid', 'total'],
  ['PUT', '/orders/1001', { ...order, lines: [{ ...line, quantity: 1.5 }] }, 'invalid', 'lines[0].quantity'],
  ['PUT', '/orders/1001', { ...order, surprise: 1 }, 'invalid', 'surprise'],
  ['PUT', '/orders/1001', { ...order, lines: [line, line] }, 'invalid', 'lines'],
  ['PUT', '/orders/10%2F01', order, 'invalid', 'order'],
  ['POST', '/orders/1001/paid', { ...payment, amount: '-1.00' }, 'invalid', 'amount'],
  ['GET', '/orders?cursor=x', undefined, 'invalid', 'cursor'],
  ['GET', '/orders/none', undefined, 'order-unknown', 'order'],
] as const)(
  '%s %s refuses what can not be taken, and names the field: %$',
  async ([method, path, body, code, field], { rig }) => {
    const shop = await rig.openShop();
    const answer = await shop.as(method === 'GET' ? 'admin' : 'storefront', method, path, body);
    expect(answer.body).toMatchObject({ code, field });
  },
);

test('the storefront declares its statuses', async ({ rig }) => {
  const shop = await rig.openShop();
  const statuses = [{ code: 'sent', name: 'Sent to the till' }];
  await shop.as('storefront', 'PUT', '/order-statuses', { statuses });
  expect((await shop.as('admin', 'GET', '/order-statuses')).body).toEqual({ statuses });
});
