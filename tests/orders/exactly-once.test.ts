import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { findOrder } from '../../db/orders/find-order.ts';
import { retryOrder } from '../../db/orders/retry-order.ts';
import { recordCancellation } from '../../db/orders/record-cancellation.ts';
import { recordPayment } from '../../db/orders/record-payment.ts';
import { recordSnapshot } from '../../db/orders/record-snapshot.ts';
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

const exported = (rig: ExportRig, tenant: string, orderId: string) =>
  expect.poll(() => rig.stateOf(tenant, orderId), { timeout: 30_000, interval: 50 }).toBe('exported');

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

test.concurrent.for(cases)('whatever becomes of %s, an order gives one sale (R24): %$', async ([call, faults], { rig }) => {
  const { tenant, world } = await rig.openShop();
  world.faults.set(call, [...faults]);
  await order(rig, tenant, '1001');
  await exported(rig, tenant, '1001');
  expect([completedSales(world), world.customers.length]).toEqual([{ '1001': 1 }, 1]);
});

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

test('a workflow reset to its start, or started again, makes no second sale (R24)', async ({ rig }) => {
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
  const { createSale } = world.till;
  let frozen = true;
  world.till.createSale = async (sale, options) => {
    if (frozen) {
      frozen = false;
      await new Promise((resolve) => setTimeout(resolve, 2_500));
    }
    return createSale(sale, options);
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
