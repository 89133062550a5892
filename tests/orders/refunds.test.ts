import { expect } from 'vitest';
import type { ActiveOrderExportSettings } from '../../domain/setup/settings.ts';
import { LightspeedError } from '../../lightspeed/lightspeed-error.ts';
import type { ExportRig, RigShop } from './export-rig.ts';
import { test } from './export-rig.ts';
import type { Fault } from './memory-till.ts';

const order = {
  placedAt: '2026-11-24T10:00:00Z',
  updatedAt: '2026-11-24T10:00:00Z',
  currency: 'USD',
  total: '35.00',
  shipping: { amount: '5.00' },
  lines: [{ lineId: 'a', sku: 'MUG', description: 'Enamel mug', quantity: 2, unitPrice: '15.00' }],
};
const at = '2026-11-24T12:00:00Z';
const oneMug = { refundId: 'r1', amount: '15.00', at, lines: [{ lineId: 'a', quantity: 1 }] };

const detail = async (shop: RigShop) => (await shop.as('admin', 'GET', '/orders/1001')).body;
const refund = (shop: RigShop, body: Record<string, unknown>) =>
  shop.as('storefront', 'POST', '/orders/1001/refunded', body);

async function pay(shop: RigShop, amount = '35.00'): Promise<void> {
  await shop.as('storefront', 'PUT', '/orders/1001', order);
  await shop.as('storefront', 'POST', '/orders/1001/paid', { paymentId: 'p1', amount, method: 'card', capturedAt: at });
}

async function sold(rig: ExportRig, changes: Partial<ActiveOrderExportSettings> = {}): Promise<RigShop> {
  const shop = await rig.openShop({ refunds: true, ...changes });
  await pay(shop);
  await expect.poll(() => rig.stateOf(shop.tenant, '1001'), { timeout: 15_000, interval: 50 }).toBe('exported');
  return shop;
}

const refundBecomes = (shop: RigShop, words: string) =>
  expect
    .poll(async () => ((await detail(shop))['refunds'] as { message: string }[])[0]?.message, {
      timeout: 20_000,
      interval: 50,
    })
    .toContain(words);

const refundSales = ({ tenant, world }: RigShop) =>
  world.sales.filter(({ referenceNumberSource }) => referenceNumberSource === `tillbridge-refund:${tenant}`);

test('a refund after the export is one refund sale, linked to the first, however often it is told (R24)', async ({
  rig,
}) => {
  const shop = await sold(rig);
  await refund(shop, { ...oneMug, amount: '20.00', shippingAmount: '5.00' });
  const again = await refund(shop, { ...oneMug, amount: '20.00', shippingAmount: '5.00' });
  await refundBecomes(shop, 'Exported as ticket 220000000002');
  expect(again.body['ignored']).toBe('Ignored: this refund is known already');
  expect(refundSales(shop).map(({ sent }) => sent)).toMatchObject([
    {
      completed: true,
      referenceNumber: '1001:r1',
      lines: [
        { quantity: -1, unitPrice: '15.00', parentSaleLineId: '10' },
        { quantity: -1, unitPrice: '5.00', parentSaleLineId: '11' },
      ],
      payments: [{ paymentTypeId: '3', amount: '-20.00', remoteReference: 'r1' }],
    },
  ]);
});

const failWith = (kind: 'in-doubt' | 'unavailable' | 'refused') =>
  new LightspeedError(kind, kind, { retryAfterMs: 30, vendorMessage: 'Register is closed' });
const notSent: Fault = async () => {
  throw failWith('unavailable');
};
const lostBefore: Fault = async () => {
  throw failWith('in-doubt');
};
const lostAfter: Fault = async (carryOut) => {
  carryOut();
  throw failWith('in-doubt');
};
const committedLate: Fault = async (carryOut) => {
  setTimeout(carryOut, 300);
  throw failWith('in-doubt');
};

test('whatever becomes of its POST, a refund is made once (R24)', async ({ rig }) => {
  const faults = { notSent, lostBefore, lostAfter, committedLate };
  const counts = await Promise.all(
    Object.values(faults).flatMap((fault) =>
      [false, true].map(async (ignoresFilter) => {
        const shop = await sold(rig);
        shop.world.ignoresFilter = ignoresFilter;
        shop.world.faults.set('createSale', [fault]);
        await refund(shop, oneMug);
        await untilMade(shop);
        return refundSales(shop).filter(({ completed }) => completed).length;
      }),
    ),
  );
  expect(counts).toEqual(counts.map(() => 1));
});

/** Not `expect.poll`, which knows no work beside its own. */
async function untilMade(shop: RigShop): Promise<void> {
  const deadline = Date.now() + 40_000;
  for (;;) {
    const [{ state }] = (await detail(shop))['refunds'] as [{ state: string }];
    if (state === 'exported') return;
    if (Date.now() > deadline) throw new Error(`the refund is ${state}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test('where no total can be predicted a refund is opened, read and completed for the money given back', async ({
  rig,
}) => {
  const shop = await rig.openShop({ refunds: true });
  shop.world.isTaxInclusive = true;
  await pay(shop);
  await expect.poll(() => rig.stateOf(shop.tenant, '1001'), { timeout: 15_000 }).toBe('exported');
  shop.world.hasItemFees = true;
  shop.world.faults.set('completeSale', [lostAfter]);
  await refund(shop, { ...oneMug, amount: '14.00' });
  await refundBecomes(shop, 'Exported');
  expect(refundSales(shop)).toMatchObject([{ completed: true, calcTotal: '-14.00', calcPayments: '-14.00' }]);
});

test('refunds are off unless the setup says otherwise: it says so, and a person may make one by hand (R33)', async ({
  rig,
}) => {
  const shop = await sold(rig, { refunds: false });
  await refund(shop, oneMug);
  await refundBecomes(shop, 'Not exported: refunds are off');
  expect(refundSales(shop)).toEqual([]);
  await shop.as('admin', 'POST', '/orders/1001/refunds/r1/retry');
  await refundBecomes(shop, 'Exported');
  const { history } = (await detail(shop)) as { history: { code: string; by: string | null }[] };
  expect([refundSales(shop).length, history.find(({ by }) => by !== null)]).toMatchObject([
    1,
    { code: 'refund-retried', by: 'the admin' },
  ]);
});

test('what the till refuses parks the refund until a person retries (R36)', async ({ rig }) => {
  const shop = await sold(rig);
  shop.world.faults.set('createSale', [
    async () => {
      throw failWith('refused');
    },
  ]);
  await refund(shop, oneMug);
  await refundBecomes(shop, 'Register is closed');
  const attention = async () => (await shop.as('admin', 'GET', '/attention')).body['attention'] as { code: string }[];
  expect(await attention()).toMatchObject([{ subject: '1001', code: 'refund-attention-r1' }]);
  await shop.as('admin', 'POST', '/orders/1001/refunds/r1/retry');
  await refundBecomes(shop, 'Exported');
  expect(await attention()).toEqual([]);
});

test('a refund before the export lowers what is due, takes its units off the sale, and makes none of its own (R25)', async ({
  rig,
}) => {
  const shop = await rig.openShop({ refunds: true });
  await pay(shop, '20.00');
  expect((await detail(shop))['message']).toBe('Unbalanced: 15.00 USD due');
  await refund(shop, oneMug);
  await expect.poll(() => rig.stateOf(shop.tenant, '1001'), { timeout: 15_000 }).toBe('exported');
  await refundBecomes(shop, 'Taken off the sale');
  expect(shop.world.sales).toMatchObject([
    { calcTotal: '20.00', sent: { lines: [{ quantity: 1, unitPrice: '15.00' }, { unitPrice: '5.00' }] } },
  ]);
});

test('more than there is to give back is refused, and names the field', async ({ rig }) => {
  const shop = await sold(rig);
  const answers = [
    await refund(shop, { ...oneMug, amount: '35.01' }),
    await refund(shop, { ...oneMug, lines: [{ lineId: 'a', quantity: 3 }] }),
    await refund(shop, { ...oneMug, lines: [{ lineId: 'z', quantity: 1 }] }),
    await refund(shop, { ...oneMug, lines: [{ lineId: 'a', quantity: 0.5 }] }),
  ];
  expect(answers.map(({ body }) => [body['code'], body['field']])).toEqual([
    ['refund-too-large', 'amount'],
    ['refund-too-large', 'lines[0].lineId'],
    ['line-unknown', 'lines[0].lineId'],
    ['invalid', 'lines[0].quantity'],
  ]);
});

test('the bookkeeper reads each order beside its sale, its refunds and what differs, by the days of the sales', async ({
  rig,
}) => {
  const shop = await sold(rig);
  await refund(shop, oneMug);
  await refundBecomes(shop, 'Exported');
  await shop.as('storefront', 'PUT', '/orders/1001', { ...order, updatedAt: at, total: '33.50' });
  await shop.as('storefront', 'PUT', '/orders/1002', { ...order, placedAt: '2026-10-01T10:00:00Z' });
  const csv = async (query: string) => {
    const { text } = await shop.as('admin', 'GET', `/orders/reconciliation.csv${query}`);
    const [head, ...rows] = text.trim().split('\r\n');
    const names = head!.split(',');
    return rows.map((row) => Object.fromEntries(row.split(',').map((value, index) => [names[index], value])));
  };
  const today = new Date().toISOString().slice(0, 10);
  expect(await csv(`?from=${today}&to=${today}`)).toMatchObject([
    {
      order: '1001',
      state: 'exported',
      ticket: '220000000001',
      orderTotal: '33.50',
      saleTotal: '35.00',
      difference: '-1.50',
      saleTax: '0.00',
      payments: 'card 35.00 (p1)',
      refundedAfter: '15.00',
      refundTickets: '220000000002',
    },
  ]);
  expect((await csv('?to=2026-10-31')).map((row) => [row['order'], row['saleTotal']])).toEqual([['1002', '']]);
  expect((await csv('')).length).toBe(2);
  expect((await shop.as('admin', 'GET', '/orders/reconciliation.csv?from=today')).body['code']).toBe('invalid');
});
