import { and, eq, sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { orderExports, tillFacts } from '../../db/schema/orders.ts';
import { connections, setups } from '../../db/schema/setup.ts';
import type { ActiveOrderExportSettings } from '../../domain/setup/settings.ts';
import { LightspeedError } from '../../lightspeed/lightspeed-error.ts';
import type { ExportRig, RigShop } from './export-rig.ts';
import { test } from './export-rig.ts';
import type { MemoryTill } from './memory-till.ts';

const mug = { lineId: 'a', sku: 'MUG', description: 'Enamel mug', quantity: 2, unitPrice: '15.00' };
const order = {
  placedAt: '2026-11-24T10:00:00Z',
  updatedAt: '2026-11-24T10:00:00Z',
  currency: 'USD',
  total: '30.00',
  lines: [mug],
};
const at = '2026-11-24T10:01:00Z';

const put = (shop: RigShop, changes = {}) => shop.as('storefront', 'PUT', '/orders/1001', { ...order, ...changes });
const pay = (shop: RigShop, amount = '30.00') =>
  shop.as('storefront', 'POST', '/orders/1001/paid', { paymentId: 'p1', amount, method: 'card', capturedAt: at });
const fulfil = (shop: RigShop, fulfilmentId: string, quantity: number, by = 'store') =>
  shop.as('storefront', 'POST', '/orders/1001/fulfilled', { fulfilmentId, by, at, lines: [{ lineId: 'a', quantity }] });

/** The order's sentence, which the list and the details must share. */
async function sentence(shop: RigShop): Promise<string> {
  const list = (await shop.as('operator', 'GET', '/orders')).body['orders'] as { message: string }[];
  const detail = (await shop.as('operator', 'GET', '/orders/1001')).body;
  return list[0]?.message === detail['message'] ? String(detail['message']) : 'the list and the details differ';
}

const says = (shop: RigShop, words: string | RegExp) =>
  expect.poll(() => sentence(shop), { timeout: 15_000, interval: 50 }).toMatch(words);

const failing = (world: MemoryTill, kind: 'rate-limited' | 'unavailable' | 'in-doubt') => {
  const call = kind === 'in-doubt' ? 'createSale' : 'salesByReference';
  world.faults.set(call, [
    async () => {
      throw new LightspeedError(kind, kind, { retryAfterMs: 60_000 });
    },
  ]);
};

interface Arranged {
  rig: ExportRig;
  shop: RigShop;
}
type Case = [RegExp, (arranged: Arranged) => Promise<unknown>, Partial<ActiveOrderExportSettings>?];
const moment = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d \(UTC\)`;

const cases: Case[] = [
  [/^Waiting for the order: the storefront has not sent its contents yet$/, ({ shop }) => pay(shop)],
  [/^Unbalanced: 12\.00 USD due$/, async ({ shop }) => [await put(shop), await pay(shop, '18.00')]],
  [
    /^Needs attention: Unbalanced: 1\.50 USD overpaid\. Give the excess back/,
    async ({ shop }) => [await put(shop), await pay(shop, '31.50')],
  ],
  [
    /^Waiting for fulfilment: 1 of MUG$/,
    async ({ shop }) => [await put(shop), await pay(shop), await fulfil(shop, 'f1', 1)],
    { whenFulfilled: true },
  ],
  [
    /^Waiting for setup: missing are stores, import-settings, pricing$/,
    async ({ rig, shop }) => {
      await rig.db.update(setups).set({ completedAt: null }).where(eq(setups.tenant, shop.tenant));
      await put(shop);
    },
  ],
  [
    /^Waiting for the connection: connect Lightspeed again/,
    async ({ rig, shop }) => {
      await rig.db.update(connections).set({ state: 'lost' }).where(eq(connections.tenant, shop.tenant));
      await put(shop);
      await pay(shop);
    },
  ],
  [
    /^Waiting: order export is off\. Turn it on in the setup, or export this order by hand$/,
    async ({ rig, shop }) => {
      await rig.db
        .update(setups)
        .set({ orderExport: { mode: 'off' } })
        .where(eq(setups.tenant, shop.tenant));
      await put(shop);
      await pay(shop);
    },
  ],
  [
    new RegExp(`^Waiting: orders are exported from ${moment} on\\. Export this one by hand`),
    async ({ rig, shop }) => {
      await rig.db.update(setups).set({ exportFrom: new Date() }).where(eq(setups.tenant, shop.tenant));
      await put(shop);
      await pay(shop);
    },
  ],
  [
    /^Dry run: a sale of 30\.00 USD is planned, none is sent$/,
    async ({ shop }) => [await put(shop), await pay(shop)],
    { mode: 'dry-run' },
  ],
  [
    new RegExp(`^Waiting for the till: its rate limit is used up, next try at ${moment}$`),
    async ({ shop }) => [failing(shop.world, 'rate-limited'), await put(shop), await pay(shop)],
  ],
  [
    new RegExp(`^Waiting for the till: it does not answer, next try at ${moment}$`),
    async ({ shop }) => [failing(shop.world, 'unavailable'), await put(shop), await pay(shop)],
  ],
  [
    new RegExp(`^Checking with the till whether the sale was booked, next look at ${moment}$`),
    async ({ shop }) => [failing(shop.world, 'in-doubt'), await put(shop), await pay(shop)],
  ],
  [
    /^Needs attention: No tax category gives the order's tax of 3\.00\. Accept it as it stands/,
    async ({ shop }) => [await put(shop, { total: '33.00', taxTotal: '3.00' }), await pay(shop, '33.00')],
    { taxPolicy: 'attention' },
  ],
  [
    new RegExp(`^Exported as ticket 220000000001 at ${moment}$`),
    async ({ shop }) => [await put(shop), await pay(shop)],
  ],
  [
    /^Cancelled: no sale was made$/,
    async ({ shop }) => [await put(shop), await shop.as('storefront', 'POST', '/orders/1001/cancelled', { at })],
  ],
  [
    /^Not exported: the order holds gift cards only, and gift cards are not exported$/,
    async ({ shop }) => [await put(shop, { lines: [{ ...mug, kind: 'gift-card' }] }), await pay(shop)],
  ],
  [
    /^Not exported: every line of the order was cancelled$/,
    async ({ shop }) => [
      await put(shop, { total: '0.00', lines: [{ ...mug, cancelledQuantity: 2 }] }),
      await pay(shop, '0.00'),
    ],
  ],
  [
    /^Not exported: set so by hand\. Retry the order to export it after all$/,
    async ({ shop }) => [await put(shop), await shop.as('admin', 'POST', '/orders/1001/resolve', { as: 'never' })],
  ],
];

test.for(cases)('R26, R36: the list and the details say %s', async ([words, arrange, settings = {}], { rig }) => {
  const shop = await rig.openShop(settings);
  await arrange({ rig, shop });
  await says(shop, words);
});

test.for<[string, string, (world: MemoryTill) => void]>([
  ['is archived', 'The employee for web orders is archived', (world) => void (world.employee = { archived: true })],
  ['is gone', 'The employee for web orders is archived', (world) => void (world.employee = null)],
  ['is locked out', 'locked out', (world) => void (world.employee = { lockedOut: true })],
  ['is limited to another shop', 'limited to another shop', (world) => void (world.employee = { limitToShopId: '9' })],
  [
    'has an archived register',
    'The register for web orders is archived',
    (world) => void (world.register = { archived: true }),
  ],
  ['has a register that is gone', 'The register for web orders is archived', (world) => void (world.register = null)],
  ['has a register that has moved', 'belongs to another shop now', (world) => void (world.register = { shopId: '9' })],
])(
  'R27: an employee who %s is seen from lists 30 minutes old, and the order goes on once that is put right',
  async ([, words, change], { rig }) => {
    const shop = await rig.openShop();
    await put(shop);
    await pay(shop);
    await says(shop, 'Exported');
    change(shop.world);
    const old = sql`now() - interval '31 minutes'`;
    await rig.db.update(tillFacts).set({ readAt: old }).where(eq(tillFacts.tenant, shop.tenant));
    await shop.as('storefront', 'PUT', '/orders/1002', order);
    await shop.as('storefront', 'POST', '/orders/1002/paid', {
      paymentId: 'p',
      amount: '30.00',
      method: 'card',
      capturedAt: at,
    });
    const message = async () => (await shop.as('admin', 'GET', '/orders/1002')).body['message'];
    await expect.poll(message, { timeout: 15_000 }).toContain(words);
    Object.assign(shop.world, { employee: {}, register: {} });
    await shop.as('admin', 'POST', '/orders/1002/retry');
    await expect.poll(message, { timeout: 15_000 }).toContain('Exported');
  },
);

test('R29: partial fulfilments, taken back and made again, by store and supplier', async ({ rig }) => {
  const shop = await rig.openShop({ whenFulfilled: true });
  await put(shop, { lines: [{ ...mug, quantity: 4, unitPrice: '7.50' }] });
  await pay(shop);
  await fulfil(shop, 'f1', 3);
  await fulfil(shop, 'f2', -2);
  await says(shop, /^Waiting for fulfilment: 3 of MUG$/);
  await put(shop, {
    updatedAt: '2026-11-24T11:00:00Z',
    total: '30.00',
    lines: [{ ...mug, quantity: 4, cancelledQuantity: 1, unitPrice: '7.50' }],
  });
  await says(shop, /^Waiting for fulfilment: 2 of MUG$/);
  await put(shop, { updatedAt: '2026-11-24T12:00:00Z', lines: [{ ...mug, quantity: 4, unitPrice: '7.50' }] });
  await fulfil(shop, 'f3', 3, 'supplier');
  await says(shop, 'Exported');
  expect(shop.world.sales[0]?.sent.lines).toMatchObject([{ quantity: 4 }]);
});

test('an order that waits for a person or the storefront sets no timer and asks the till for nothing', async ({
  rig,
}) => {
  const shop = await rig.openShop({ whenFulfilled: true });
  await put(shop);
  await says(shop, 'Unbalanced');
  await pay(shop);
  await says(shop, 'Waiting for fulfilment');
  await expect
    .poll(
      async () => (await eventsOf(rig, shop)).some(({ upsertWorkflowSearchAttributesEventAttributes: stage }) => stage),
      { timeout: 15_000 },
    )
    .toBe(true);
  expect([
    (await eventsOf(rig, shop)).filter(({ timerStartedEventAttributes: timer }) => timer),
    shop.world.calls,
  ]).toEqual([[], []]);
});

async function eventsOf({ client }: ExportRig, { tenant }: RigShop) {
  const { events } = await client.workflow.getHandle(`order-export/${tenant}/1001`).fetchHistory();
  return events!;
}

test('R30: of two customers with the e-mail the oldest is taken, with a note', async ({ rig }) => {
  const shop = await rig.openShop();
  const email = 'ada@example.com';
  for (const customerId of ['8', '9']) {
    shop.world.customers.push({ customerId, archived: false, createdAt: null, email, firstName: 'A', lastName: 'M' });
  }
  await put(shop, { email });
  await pay(shop);
  await says(shop, 'Exported');
  const { history } = (await shop.as('admin', 'GET', '/orders/1001')).body as {
    history: { code: string; message: string }[];
  };
  const [ledger] = await rig.db
    .select({ customerId: orderExports.customerId })
    .from(orderExports)
    .where(and(eq(orderExports.tenant, shop.tenant), eq(orderExports.orderId, '1001')));
  expect([ledger?.customerId, history.find(({ code }) => code === 'several-customers')?.message]).toEqual([
    '8',
    "2 customers of the till have the order's e-mail: the oldest, customer 8, is the sale's",
  ]);
});
