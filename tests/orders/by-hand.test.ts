import { expect } from 'vitest';
import type { RigShop } from './export-rig.ts';
import { test } from './export-rig.ts';

const line = { lineId: 'a', sku: 'MUG', description: 'Enamel mug', quantity: 1, unitPrice: '15.00' };
const order = {
  placedAt: '2026-11-24T10:00:00Z',
  updatedAt: '2026-11-24T10:00:00Z',
  currency: 'USD',
  total: '15.00',
  lines: [line],
};

async function pay(shop: RigShop, orderId: string, changes: Record<string, unknown> = {}): Promise<void> {
  const sent = { ...order, ...changes };
  await shop.as('storefront', 'PUT', `/orders/${orderId}`, sent);
  const payment = { paymentId: 'p1', amount: sent.total, method: 'card', capturedAt: '2026-11-24T10:01:00Z' };
  await shop.as('storefront', 'POST', `/orders/${orderId}/paid`, payment);
}

const detail = async (shop: RigShop, orderId: string) => (await shop.as('admin', 'GET', `/orders/${orderId}`)).body;

const becomes = (shop: RigShop, orderId: string, words: string) =>
  expect.poll(async () => (await detail(shop, orderId))['message'], { timeout: 15_000, interval: 50 }).toContain(words);

const openAttention = async (shop: RigShop) => (await shop.as('admin', 'GET', '/attention')).body['attention'];

const accept = (shop: RigShop, orderId: string) =>
  shop.as('admin', 'POST', `/orders/${orderId}/resolve`, { as: 'accepted' });

/** What a person did by hand: who, and in which words. */
async function handiwork(shop: RigShop, orderId: string) {
  const { history } = (await detail(shop, orderId)) as { history: { code: string; by: string | null; at: string }[] };
  return history.filter(({ by }) => by !== null).map(({ code, by }) => [code, by]);
}

test('R36: a total that differs shows both totals and both taxes; accepted, the difference is a line of its own', async ({
  rig,
}) => {
  const shop = await rig.openShop();
  await pay(shop, '1001', { total: '16.00' });
  await becomes(
    shop,
    '1001',
    'The order comes to 16.00 USD with 0.00 USD tax, its sale to 15.00 USD with 0.00 USD tax',
  );
  await becomes(shop, '1001', 'Accept it as it stands');
  await accept(shop, '1001');
  await becomes(shop, '1001', 'Exported as ticket');
  expect(shop.world.sales[0]).toMatchObject({
    calcTotal: '16.00',
    sent: { lines: [{ unitPrice: '15.00' }, { note: 'Difference accepted by hand', unitPrice: '1.00', tax: false }] },
  });
  expect(await handiwork(shop, '1001')).toEqual([['accepted', 'the admin']]);
});

test('R36: what was accepted holds for those figures only; a fixed order goes on without a retry', async ({ rig }) => {
  const shop = await rig.openShop({ mode: 'dry-run' });
  await pay(shop, '1001', { total: '16.00' });
  await becomes(shop, '1001', 'comes to 16.00 USD');
  await accept(shop, '1001');
  await becomes(shop, '1001', 'Dry run: a sale of 16.00 USD');
  const changed = {
    ...order,
    updatedAt: '2026-11-24T11:00:00Z',
    total: '16.00',
    lines: [{ ...line, unitPrice: '14.00' }],
  };
  await shop.as('storefront', 'PUT', '/orders/1001', changed);
  await becomes(shop, '1001', 'its sale to 14.00 USD');
  const fixed = { ...changed, updatedAt: '2026-11-24T12:00:00Z', lines: [{ ...line, unitPrice: '16.00' }] };
  await shop.as('storefront', 'PUT', '/orders/1001', fixed);
  await becomes(shop, '1001', 'Dry run: a sale of 16.00 USD');
  expect(await openAttention(shop)).toEqual([]);
});

test('R36: a tax that no category gives, accepted by hand, is a line of its own', async ({ rig }) => {
  const shop = await rig.openShop({ taxPolicy: 'attention' });
  await pay(shop, '1001', { total: '16.05', taxTotal: '1.05' });
  await becomes(shop, '1001', "No tax category gives the order's tax of 1.05");
  await accept(shop, '1001');
  await becomes(shop, '1001', 'Exported');
  expect(shop.world.sales[0]?.sent.lines).toMatchObject([{ unitPrice: '15.00' }, { note: 'Tax', unitPrice: '1.05' }]);
});

test.for([
  ['16.00', 'its open sale 220000000001 in the till to 17.00 USD with 0.00 USD tax', '-1.00'],
  ['15.98', null, '0.02'],
] as const)(
  'an open sale of another total: up to the tolerance a rounding line, else a person accepts it (R36): %$',
  async ([total, words, difference], { rig }) => {
    const shop = await rig.openShop();
    shop.world.isTaxInclusive = true;
    shop.world.faults.set('createSale', [
      async (carryOut) => {
        carryOut();
        const sale = shop.world.sales[0]!;
        sale.calcTotal = (Number(sale.calcTotal) - Number(difference)).toFixed(2);
        return { ...sale } as never;
      },
    ]);
    await pay(shop, '1001', { total, lines: [{ ...line, unitPrice: total }] });
    if (words !== null) {
      await becomes(shop, '1001', words);
      await accept(shop, '1001');
    }
    await becomes(shop, '1001', 'Exported');
    expect(shop.world.sales).toMatchObject([
      { completed: true, calcTotal: total, calcPayments: total, balance: '0.00' },
    ]);
  },
);

test('chosen orders are exported by hand in one call, each with who and when; none stops another (R33)', async ({
  rig,
}) => {
  const shop = await rig.openShop({ mode: 'dry-run' });
  for (const orderId of ['1', '2', '3']) {
    await pay(shop, orderId);
    await becomes(shop, orderId, 'Dry run');
  }
  await shop.as('storefront', 'POST', '/orders/3/cancelled', { at: '2026-11-24T10:05:00Z' });
  const { status, body } = await shop.as('admin', 'POST', '/orders/retry', { orders: ['1', 'none', '2', '3'] });
  expect([status, body['orders']]).toMatchObject([
    202,
    [
      { orderId: '1', problem: null },
      { orderId: 'none', order: null, problem: { code: 'order-unknown' } },
      { orderId: '2', problem: null },
      { orderId: '3', order: { ignored: 'Ignored: the storefront has cancelled the order' } },
    ],
  ]);
  await becomes(shop, '1', 'Exported');
  await becomes(shop, '2', 'Exported');
  expect([shop.world.sales.length, await handiwork(shop, '1')]).toEqual([2, [['retried', 'the admin']]]);
});

test('never export, and settle as a ticket, are kept with who and when; a retry takes never back (R33)', async ({
  rig,
}) => {
  const shop = await rig.openShop({ mode: 'dry-run' });
  await pay(shop, '1001');
  await becomes(shop, '1001', 'Dry run');
  await shop.as('admin', 'POST', '/orders/1001/resolve', { as: 'never' });
  await becomes(shop, '1001', 'Not exported: set so by hand');
  await shop.as('admin', 'POST', '/orders/1001/retry');
  await becomes(shop, '1001', 'Exported');
  await pay(shop, '1002');
  shop.world.sales.push({ ...shop.world.sales[0]!, saleId: '2', ticketNumber: '220000000002' });
  await shop.as('admin', 'POST', '/orders/1002/resolve', { as: 'ticket', ticketNumber: '220000000002' });
  expect([await handiwork(shop, '1001'), await handiwork(shop, '1002')]).toEqual([
    [
      ['by-hand', 'the admin'],
      ['retried', 'the admin'],
    ],
    [['resolved', 'the admin']],
  ]);
});

test('what was found after the export can be accepted, and nothing else (R36)', async ({ rig }) => {
  const shop = await rig.openShop();
  await pay(shop, '1001');
  await becomes(shop, '1001', 'Exported');
  const early = await accept(shop, '1001');
  await shop.as('storefront', 'PUT', '/orders/1001', { ...order, updatedAt: '2026-11-24T12:00:00Z', total: '14.00' });
  expect(await openAttention(shop)).toMatchObject([{ code: 'changed-after-export' }]);
  await accept(shop, '1001');
  expect([early.body['code'], await openAttention(shop), await handiwork(shop, '1001')]).toEqual([
    'nothing-to-accept',
    [],
    [['accepted', 'the admin']],
  ]);
});

test('overpaid money parks the order until it is given back (R25, R36)', async ({ rig }) => {
  const shop: RigShop = await rig.openShop();
  await shop.as('storefront', 'PUT', '/orders/1001', order);
  const payment = { paymentId: 'p1', amount: '20.00', method: 'card', capturedAt: '2026-11-24T10:01:00Z' };
  await shop.as('storefront', 'POST', '/orders/1001/paid', payment);
  await becomes(shop, '1001', 'Needs attention: Unbalanced: 5.00 USD overpaid. Give the excess back');
  const corrected = {
    ...order,
    updatedAt: '2026-11-24T12:00:00Z',
    total: '20.00',
    lines: [{ ...line, unitPrice: '20.00' }],
  };
  await shop.as('storefront', 'PUT', '/orders/1001', corrected);
  await becomes(shop, '1001', 'Exported');
});

test('the planned sale of an order that is not paid yet is shown as it will be (R23)', async ({ rig }) => {
  const shop = await rig.openShop();
  await pay(shop, '1000');
  await becomes(shop, '1000', 'Exported'); // the account has been read
  await shop.as('storefront', 'PUT', '/orders/1001', order);
  expect(await detail(shop, '1001')).toMatchObject({
    message: 'Unbalanced: 15.00 USD due',
    plannedSale: { totals: { total: '15.00' }, payments: [{ amount: '15.00', paymentTypeId: '3' }] },
  });
});
