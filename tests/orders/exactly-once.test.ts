import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { expect, vi } from 'vitest';
import { listOverdueWakeUps } from '../../db/notify/wake-ups.ts';
import { findOrder } from '../../db/orders/find-order.ts';
import { recordCancellation } from '../../db/orders/record-cancellation.ts';
import { recordPayment } from '../../db/orders/record-payment.ts';
import { recordSnapshot } from '../../db/orders/record-snapshot.ts';
import { retryOrder } from '../../db/orders/retry-order.ts';
import { orderExports, orders, payments } from '../../db/schema/orders.ts';
import type { OrderSnapshot } from '../../domain/orders/order-snapshot.ts';
import { LightspeedError } from '../../lightspeed/lightspeed-error.ts';
import type { Till } from '../../lightspeed/till.ts';
import type { ExportRig } from './export-rig.ts';
import { test } from './export-rig.ts';
import type { Fault, MemoryTill } from './memory-till.ts';

const snapshot = (orderId: string): OrderSnapshot => ({
  orderId,
  placedAt: '2026-11-24T10:00:00Z',
  updatedAt: '2026-11-24T10:00:00Z',
  currency: 'USD',
  total: '30.00',
  taxTotal: '0.00',
  discountTotal: '0.00',
  email: `${orderId}@example.com`,
  customer: { firstName: 'Ada', lastName: 'Moss' },
  billingAddress: { address1: '1 Quay', city: 'Troy', country: 'US' },
  lines: [
    { lineId: 'a', sku: 'MUG', description: 'Mug', kind: 'product', quantity: 2, unitPrice: '15.00', discount: '0.00' },
  ],
});

const payment = (amount = '30.00', paymentId = 'p1') =>
  ({ paymentId, amount, method: 'card', capturedAt: '2026-11-24T10:01:00Z', state: 'captured' }) as const;

async function order(rig: ExportRig, tenant: string, orderId: string): Promise<void> {
  await rig.wake((await recordSnapshot(rig.db, tenant, snapshot(orderId))).wakeUps);
  await rig.wake((await recordPayment(rig.db, tenant, orderId, payment())).wakeUps);
}

/** Not `expect.poll`, which knows no tests that run beside each other. */
const exported = (rig: ExportRig, tenant: string, orderId: string) =>
  vi.waitFor(
    async () => {
      const state = await rig.stateOf(tenant, orderId);
      if (state !== 'exported') throw new Error(`order ${orderId} is ${state}`);
    },
    { timeout: 40_000, interval: 50 },
  );

/** Sales by order, from the till's own books. */
function completedSales({ sales }: MemoryTill): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const sale of sales) {
    if (sale.completed && !sale.voided) counts[sale.referenceNumber] = (counts[sale.referenceNumber] ?? 0) + 1;
  }
  return counts;
}

const failWith = (kind: ConstructorParameters<typeof LightspeedError>[0], retryAfterMs = 30) =>
  new LightspeedError(kind, kind, { retryAfterMs });

const notSent: Fault = async () => {
  throw failWith('unavailable');
};
const tooFast: Fault = async () => {
  throw failWith('rate-limited');
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

const worked: Fault = async (carryOut) => carryOut();
const faults = [notSent, tooFast, lostBefore, lostAfter, committedLate];

test('a paid order becomes one completed sale, in at most 40 events (R23, R24)', async ({ rig }) => {
  const { tenant, world } = await rig.openShop();
  await order(rig, tenant, '1001');
  await exported(rig, tenant, '1001');
  expect(completedSales(world)).toEqual({ '1001': 1 });
  const workflow = rig.client.workflow.getHandle(`order-export/${tenant}/1001`);
  await workflow.result();
  const { events } = await workflow.fetchHistory();
  expect(events!.length).toBeLessThanOrEqual(40);
});

const cases: [keyof Till, Fault[]][] = [
  ['createSale', [notSent]],
  ['createSale', [tooFast]],
  ['createSale', [lostBefore]],
  ['createSale', [lostAfter]],
  ['createSale', [committedLate]],
  ['createSale', [lostBefore, lostAfter]],
  ['createSale', [notSent, lostBefore, committedLate]],
  ['createCustomer', [notSent]],
  ['createCustomer', [lostBefore]],
  ['createCustomer', [lostAfter]],
  ['createCustomer', [committedLate]],
  ['salesByReference', [notSent, tooFast]],
  ['customersByEmail', [notSent]],
  ['taxCategories', [notSent, notSent]],
  ['employees', [tooFast]],
];

test.concurrent.for(cases)(
  'whatever becomes of %s, an order gives one sale (R24): %$',
  async ([call, faults], { rig }) => {
    const { tenant, world } = await rig.openShop();
    world.faults.set(call, [...faults]);
    await order(rig, tenant, '1001');
    await exported(rig, tenant, '1001');
    expect([completedSales(world), world.customers.length]).toEqual([{ '1001': 1 }, 1]);
  },
);

test.concurrent.for(cases.filter(([call]) => call === 'createSale'))(
  'the same where the till ignores the reference filter: %$',
  async ([call, faults], { rig }) => {
    const { tenant, world } = await rig.openShop();
    world.ignoresFilter = true;
    world.faults.set(call, [...faults]);
    await order(rig, tenant, '1001');
    await exported(rig, tenant, '1001');
    expect(completedSales(world)).toEqual({ '1001': 1 });
  },
);

const openSaleCases: [keyof Till, Fault[]][] = [
  ['createSale', []],
  ['createSale', [lostBefore]],
  ['createSale', [lostAfter]],
  ['createSale', [committedLate]],
  ['completeSale', [notSent]],
  ['completeSale', [tooFast]],
  ['completeSale', [lostBefore]],
  ['completeSale', [lostAfter]],
  ['completeSale', [committedLate]],
  ['completeSale', [lostBefore, lostAfter]],
];

test.concurrent.for(openSaleCases)(
  'a sale that is opened, read and completed is resumed wherever %s broke (R24): %$',
  async ([call, faults], { rig }) => {
    const { tenant, world } = await rig.openShop();
    world.isTaxInclusive = true;
    world.faults.set(call, [...faults]);
    await order(rig, tenant, '1001');
    await exported(rig, tenant, '1001');
    expect(world.sales).toMatchObject([{ completed: true, calcPayments: '30.00', balance: '0.00' }]);
  },
);

test('fifty orders under random faults end with one sale each, and one customer (R24, R30)', async ({ rig }) => {
  const { tenant, world } = await rig.openShop();
  const random = seededRandom(20_261_124);
  const pick = () => (random() < 0.6 ? worked : faults[Math.floor(random() * faults.length)]!);
  for (const call of ['salesByReference', 'customersByEmail'] as const) {
    world.faults.set(
      call,
      Array.from({ length: 80 }, () => (random() < 0.2 ? notSent : worked)),
    );
  }
  for (const call of ['createSale', 'createCustomer'] as const) {
    world.faults.set(call, Array.from({ length: 60 }, pick));
  }
  const orderIds = Array.from({ length: 50 }, (_, index) => `n${index}`);
  await Promise.all(orderIds.map((orderId) => order(rig, tenant, orderId)));
  await Promise.all(orderIds.map((orderId) => exported(rig, tenant, orderId)));
  expect(completedSales(world)).toEqual(Object.fromEntries(orderIds.map((orderId) => [orderId, 1])));
  expect(new Set(world.customers.map(({ email }) => email)).size).toBe(world.customers.length);
});

test('the API killed between committing a fact and signalling it loses nothing (R24)', async ({ rig }) => {
  const { tenant, world } = await rig.openShop();
  await recordSnapshot(rig.db, tenant, snapshot('1001'));
  await recordPayment(rig.db, tenant, '1001', payment());
  const owed = await listOverdueWakeUps(rig.db, 0, 1_000); // as the sweep does
  await rig.wake(owed.filter((wakeUp) => wakeUp.tenant === tenant));
  await exported(rig, tenant, '1001');
  expect(completedSales(world)).toEqual({ '1001': 1 });
});

test('a sale of this order that is in the till already is adopted, not made again (R24)', async ({ rig }) => {
  const { tenant, world } = await rig.openShop();
  await order(rig, tenant, '1001');
  await exported(rig, tenant, '1001');
  await rig.db.delete(orders).where(eq(orders.tenant, tenant)); // a database restored from before
  await rig.db.delete(orderExports).where(eq(orderExports.tenant, tenant));
  await rig.db.delete(payments).where(eq(payments.tenant, tenant));
  await order(rig, tenant, '1001');
  await exported(rig, tenant, '1001');
  expect(completedSales(world)).toEqual({ '1001': 1 });
});

test('another total in the till needs a person, and no button sends the order again (R24, R36)', async ({ rig }) => {
  const { tenant, world } = await rig.openShop();
  world.faults.set('createSale', [
    async (carryOut) => {
      carryOut();
      world.sales[0]!.calcTotal = '31.00';
      throw failWith('in-doubt');
    },
  ]);
  await order(rig, tenant, '1001');
  await expect.poll(() => rig.stateOf(tenant, '1001'), { timeout: 20_000 }).toBe('attention');
  await rig.wake((await retryOrder(rig.db, tenant, '1001', { keyId: randomUUID() })).wakeUps);
  await expect.poll(() => rig.stateOf(tenant, '1001'), { timeout: 20_000 }).toBe('attention');
  expect(world.sales).toHaveLength(1);
});

test('two first orders of one person at the same moment make one customer (R30)', async ({ rig }) => {
  const { tenant, world } = await rig.openShop();
  await Promise.all(
    ['1', '2', '3'].map(async (orderId) => {
      const same = { ...snapshot(orderId), email: orderId === '2' ? 'ADA@example.com' : 'ada@example.com' };
      await rig.wake((await recordSnapshot(rig.db, tenant, same)).wakeUps);
      await rig.wake((await recordPayment(rig.db, tenant, orderId, payment())).wakeUps);
    }),
  );
  for (const orderId of ['1', '2', '3']) await exported(rig, tenant, orderId);
  expect([world.customers.length, completedSales(world)]).toEqual([1, { '1': 1, '2': 1, '3': 1 }]);
});

test('an archived customer is brought back, not made again (R30)', async ({ rig }) => {
  const { tenant, world } = await rig.openShop();
  const email = '1001@example.com';
  world.customers.push({ customerId: '9', archived: true, createdAt: null, email, firstName: 'A', lastName: 'M' });
  await order(rig, tenant, '1001');
  await exported(rig, tenant, '1001');
  expect(world.customers).toMatchObject([{ customerId: '9', archived: false }]);
});

test('a workflow ended in the middle of its POST and started again makes no second sale (R24)', async ({ rig }) => {
  const { tenant, world } = await rig.openShop();
  let answer = () => {};
  const asked = new Promise<void>((resolve) => {
    world.faults.set('createSale', [
      async (carryOut) => {
        resolve();
        await new Promise<void>((go) => {
          answer = go;
        });
        return carryOut();
      },
    ]);
  });
  await order(rig, tenant, '1001');
  await asked;
  await rig.client.workflow.getHandle(`order-export/${tenant}/1001`).terminate('a test');
  await rig.wake((await recordPayment(rig.db, tenant, '1001', payment())).wakeUps);
  answer();
  await exported(rig, tenant, '1001');
  expect(completedSales(world)).toEqual({ '1001': 1 });
});

test('a POST that was frozen past its deadline is not sent any more (R24)', async ({ rig }) => {
  const { tenant, world } = await rig.openShop();
  const { till } = world;
  let isFrozen = true;
  world.till = {
    ...till,
    createSale: async (sale, options) => {
      if (isFrozen) {
        isFrozen = false;
        await new Promise((resolve) => setTimeout(resolve, 2_500));
      }
      return till.createSale(sale, options);
    },
  };
  await order(rig, tenant, '1001');
  await exported(rig, tenant, '1001');
  expect(completedSales(world)).toEqual({ '1001': 1 });
});

test('a refusal is kept in the words of the till until a person retries (R33, R36)', async ({ rig }) => {
  const { tenant, world } = await rig.openShop();
  const refused: Fault = async () => {
    throw new LightspeedError('refused', 'refused', { vendorMessage: 'Register is closed' });
  };
  world.faults.set('createSale', [refused]);
  await order(rig, tenant, '1001');
  await expect.poll(() => rig.stateOf(tenant, '1001'), { timeout: 10_000 }).toBe('attention');
  expect((await findOrder(rig.db, tenant, '1001'))?.facts.ledger.message).toContain('Register is closed');
  await rig.wake((await retryOrder(rig.db, tenant, '1001', { keyId: randomUUID() })).wakeUps);
  await exported(rig, tenant, '1001');
  expect(completedSales(world)).toEqual({ '1001': 1 });
});

test('a refusal because of the employee names the employee, not the words of the till (R27)', async ({ rig }) => {
  const { tenant, world } = await rig.openShop();
  const refused: Fault = async () => {
    world.employeeLockedOut = true;
    throw new LightspeedError('refused', 'refused', { vendorMessage: 'No' });
  };
  world.faults.set('createSale', [refused]);
  await order(rig, tenant, '1001');
  await expect.poll(() => rig.stateOf(tenant, '1001'), { timeout: 10_000 }).toBe('attention');
  expect((await findOrder(rig.db, tenant, '1001'))?.facts.ledger.message).toContain('locked out');
});

test('an order cancelled while its sale is being sent keeps the sale, and a person is told', async ({ rig }) => {
  const { tenant, world } = await rig.openShop();
  world.faults.set('createSale', [
    async (carryOut) => {
      const sale = carryOut();
      await rig.wake((await recordCancellation(rig.db, tenant, '1001', new Date())).wakeUps);
      return sale;
    },
  ]);
  await order(rig, tenant, '1001');
  await expect
    .poll(async () => (await findOrder(rig.db, tenant, '1001'))?.facts.ledger.message, { timeout: 15_000 })
    .toContain('Cancelled after its export');
  expect([await rig.stateOf(tenant, '1001'), completedSales(world)]).toEqual(['exported', { '1001': 1 }]);
});

test('signals in every order and twice over give one sale (R24)', async ({ rig }) => {
  const facts = {
    snapshot: (tenant: string) => recordSnapshot(rig.db, tenant, snapshot('1001')),
    first: (tenant: string) => recordPayment(rig.db, tenant, '1001', payment('18.00', 'p1')),
    second: (tenant: string) => recordPayment(rig.db, tenant, '1001', payment('12.00', 'p2')),
  };
  const orders = permutations(Object.values(facts));
  const counts = await Promise.all(
    orders.map(async (sequence) => {
      const { tenant, world } = await rig.openShop();
      for (const tell of [...sequence, ...sequence]) await rig.wake((await tell(tenant)).wakeUps);
      await exported(rig, tenant, '1001');
      return completedSales(world);
    }),
  );
  expect(counts).toEqual(orders.map(() => ({ '1001': 1 })));
});

function permutations<T>(items: T[]): T[][] {
  if (items.length <= 1) return [items];
  return items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}

/** The same numbers in every run. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}
