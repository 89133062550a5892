import { sql } from 'drizzle-orm';
import type { OrderShop } from './orders-test.ts';
import { at, mug, placedAt, test } from './orders-test.ts';

type Shops = {
  standing: (settings?: Record<string, unknown>) => Promise<OrderShop>;
  own: (settings?: Record<string, unknown>) => Promise<OrderShop>;
};
/** What an order is to say, and what leads to it. */
type Case = [RegExp, (orderId: string, shops: Shops) => Promise<OrderShop>];

const moment = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d \(America/New_York\)`;
const broken = { kind: 'status', status: 503, when: 'before-commit' } as const;

const cases: Case[] = [
  [
    /^Waiting for the order: the storefront has not sent its contents yet$/,
    async (orderId, { standing }) => {
      const shop = await standing();
      await shop.pay(orderId);
      return shop;
    },
  ],
  [/^Unbalanced: 15\.00 USD due$/, async (orderId, { standing }) => told(await standing(), orderId)],
  [
    /^Needs attention: Unbalanced: 1\.50 USD overpaid\. Give the excess back/,
    async (orderId, { standing }) => {
      const shop = await told(await standing(), orderId);
      await shop.pay(orderId, '16.50');
      return shop;
    },
  ],
  [
    /^Waiting for fulfilment: 1 of MUG$/,
    async (orderId, { standing }) => paid(await standing({ whenFulfilled: true }), orderId),
  ],
  [
    /^Waiting for the connection: connect Lightspeed again/,
    async (orderId, { own }) => {
      const shop = await own();
      await shop.admin.expect('POST', '/setup/disconnect');
      return paid(shop, orderId);
    },
  ],
  [
    /^Waiting: order export is off\. Turn it on in the setup, or export this order by hand$/,
    async (orderId, { own }) => {
      const shop = await own();
      await shop.admin.expect('PUT', '/setup/order-export', { mode: 'off' });
      return paid(shop, orderId);
    },
  ],
  [
    new RegExp(`^Waiting: orders are exported from ${moment} on\\. Export this one by hand`),
    async (orderId, { standing }) => paid(await standing(), orderId, { placedAt: '2020-01-01T10:00:00Z' }),
  ],
  [
    /^Dry run: a sale of 15\.00 USD is planned, none is sent$/,
    async (orderId, { standing }) => paid(await standing({ mode: 'dry-run' }), orderId),
  ],
  [
    new RegExp(`^Waiting for the till: its rate limit is used up, next try at ${moment}$`),
    async (orderId, { own }) => {
      const shop = await own();
      await shop.till.fault({
        method: 'GET',
        path: 'Sale',
        count: 0,
        fault: { kind: 'rate-limit', retryAfterSeconds: 60 },
      });
      return paid(shop, orderId);
    },
  ],
  [
    new RegExp(`^Waiting for the till: it does not answer, next try at ${moment}$`),
    async (orderId, { own }) => {
      const shop = await own();
      await shop.till.fault({ method: 'GET', path: 'Sale', count: 0, fault: broken });
      return paid(shop, orderId);
    },
  ],
  [
    new RegExp(`^Checking with the till whether the sale was booked, next look at ${moment}$`),
    async (orderId, { own }) => {
      const shop = await own();
      await shop.till.fault({ method: 'POST', path: 'Sale', count: 0, fault: broken });
      return paid(shop, orderId);
    },
  ],
  [
    /^Needs attention: No tax category gives the order's tax of 3\.00 .*\. Accept it as it stands/,
    async (orderId, { standing }) =>
      paid(await standing({ taxPolicy: 'attention' }), orderId, { total: '18.00', taxTotal: '3.00' }),
  ],
  [
    new RegExp(`^Exported as ticket 2200\\d+ at ${moment}$`),
    async (orderId, { standing }) => paid(await standing(), orderId),
  ],
  [
    /^Cancelled: no sale was made$/,
    async (orderId, { standing }) => {
      const shop = await told(await standing(), orderId);
      await shop.storefront.expect('POST', `/orders/${orderId}/cancelled`, { at: placedAt });
      return shop;
    },
  ],
  [
    /^Not exported: the order holds gift cards only, and gift cards are not exported$/,
    async (orderId, { standing }) => paid(await standing(), orderId, { lines: [{ ...mug, kind: 'gift-card' }] }),
  ],
  [
    /^Not exported: every line of the order was cancelled$/,
    async (orderId, { standing }) =>
      told(await standing(), orderId, { total: '0.00', lines: [{ ...mug, cancelledQuantity: 1 }] }),
  ],
  [
    /^Not exported: the whole order was refunded before it was exported$/,
    async (orderId, { standing }) => {
      const shop = await told(await standing(), orderId);
      const refund = { refundId: 'r1', amount: '15.00', at: at(1), lines: [{ lineId: 'a', quantity: 1 }] };
      await shop.storefront.expect('POST', `/orders/${orderId}/refunded`, refund);
      return shop;
    },
  ],
  [
    /^Not exported: set so by hand\. Retry the order to export it after all$/,
    async (orderId, { standing }) => {
      const shop = await told(await standing(), orderId);
      await shop.admin.expect('POST', `/orders/${orderId}/resolve`, { as: 'never' });
      return shop;
    },
  ],
];

test.concurrent.for(cases.map(([words, arrange], n) => [words, `m${n}-x`, arrange] as const))(
  'R26, R36: the list and the details say %s',
  async ([words, orderId, arrange], { standingShop, openShop }) => {
    const shop = await arrange(orderId, { standing: standingShop, own: (settings = {}) => openShop({ settings }) });
    await shop.says(orderId, words);
  },
);

test.concurrent('R5: an order that waits for the setup says what is missing', async ({ shop, expect }) => {
  const message = async () => (await shop.storefront.expect('GET', '/orders/1001'))['message'];
  await shop.storefront.expect('PUT', '/orders/1001', {
    placedAt,
    updatedAt: placedAt,
    currency: 'USD',
    total: '15.00',
    lines: [mug],
  });
  expect(await message()).toBe(
    'Waiting for setup: missing are connect, stores, import-settings, pricing, order-export',
  );
});

async function told(shop: OrderShop, orderId: string, changes: Record<string, unknown> = {}): Promise<OrderShop> {
  await shop.put(orderId, changes);
  return shop;
}

async function paid(shop: OrderShop, orderId: string, changes: Record<string, unknown> = {}): Promise<OrderShop> {
  await shop.place(orderId, changes);
  return shop;
}

test.concurrent('R27, R36: an employee or a register that no longer serves is named, and the order goes on once that is put right', async ({
  openShop,
  db,
  expect,
}) => {
  const shop = await openShop({ settings: { registerId: '2' } });
  const { employees, registers } = shop.books;
  const patch = (path: string, changes: Record<string, unknown>) => shop.till.call('PATCH', path, changes);
  await shop.sell('first'); // reads the account's lists
  let number = 0;
  const parks = async (words: string, mend: () => Promise<unknown>) => {
    number += 1;
    const orderId = `staff-${number}`;
    await shop.place(orderId);
    await shop.says(orderId, words);
    await mend();
    await shop.admin.expect('POST', `/orders/${orderId}/retry`);
    await shop.says(orderId, 'Exported');
    expect(await shop.salesOf(orderId)).toHaveLength(1);
  };

  // By lists just read all is well: it is the till that refuses, and the reason is looked up.
  await patch('/employees/3', { lockOut: true });
  await parks('The employee for web orders is locked out', () => patch('/employees/3', { lockOut: false }));
  await patch('/employees/3', { archived: true });
  await parks('The employee for web orders is archived', () => patch('/employees/3', { archived: false }));

  const listsAreOld = () =>
    db.execute(sql`update till_facts set read_at = now() - interval '31 minutes' where tenant = ${shop.tenant}`);
  const seen = async (path: string, wrong: Record<string, unknown>, words: string, right: Record<string, unknown>) => {
    await listsAreOld();
    await patch(path, wrong);
    await parks(words, async () => {
      await patch(path, right);
      await listsAreOld();
    });
  };
  await seen('/employees/3', { limitToShopId: 1 }, 'limited to another shop', { limitToShopId: 0 });
  await seen('/registers/2', { archived: true }, 'The register for web orders is archived', { archived: false });
  const moved = registers.need(2);
  const moveTo = (shopID: number) => Promise.resolve(registers.update(moved, { shopID }));
  await listsAreOld();
  await moveTo(3);
  await parks('belongs to another shop now', async () => {
    await moveTo(2);
    await listsAreOld();
  });
  await listsAreOld();
  await patch('/registers/2', { removed: true });
  const choose = (choice: Record<string, unknown>) =>
    shop.admin.expect('PUT', '/setup/order-export', {
      mode: 'on',
      employeeId: '3',
      registerId: '4',
      defaultPaymentTypeId: '7',
      exportFrom: placedAt,
      ...choice,
    });
  await parks('The register for web orders is archived', () => choose({}));
  await listsAreOld();
  employees.remove(employees.need(3));
  await parks('The employee for web orders is archived', () => choose({ employeeId: '1' }));
});
