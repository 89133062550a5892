import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { findOrder } from '../../db/orders/find-order.ts';
import { listOrders } from '../../db/orders/list-orders.ts';
import { recordCancellation } from '../../db/orders/record-cancellation.ts';
import type { RecordedFact } from '../../db/orders/record-fact.ts';
import { recordFulfilment } from '../../db/orders/record-fulfilment.ts';
import { recordPayment } from '../../db/orders/record-payment.ts';
import { recordSnapshot } from '../../db/orders/record-snapshot.ts';
import { retryOrder } from '../../db/orders/retry-order.ts';
import { settleAsNever, settleAsTicket } from '../../db/orders/settle-by-hand.ts';
import { attention, outbox } from '../../db/schema/notify.ts';
import { orders } from '../../db/schema/orders.ts';
import { setups } from '../../db/schema/setup.ts';
import type { OrderSnapshot } from '../../domain/orders/order-snapshot.ts';
import type { ExportRig } from './export-rig.ts';
import { test } from './export-rig.ts';

const line = {
  lineId: 'a',
  sku: 'MUG',
  description: 'Mug',
  kind: 'product',
  unitPrice: '15.00',
  discount: '0.00',
} as const;

const snapshot: OrderSnapshot = {
  orderId: '1001',
  placedAt: '2026-11-24T10:00:00Z',
  updatedAt: '2026-11-24T10:00:00Z',
  currency: 'USD',
  total: '30.00',
  taxTotal: '0.00',
  discountTotal: '0.00',
  lines: [{ ...line, quantity: 2 }],
};

const payment = (amount: string, paymentId: string, state: 'captured' | 'authorised' = 'captured') =>
  ({ paymentId, amount, method: 'card', capturedAt: '2026-11-24T10:01:00Z', state }) as const;

const settler = { keyId: '00000000-0000-4000-8000-000000000001' };

async function told(rig: ExportRig, fact: Promise<RecordedFact>): Promise<string> {
  const { order, wakeUps } = await fact;
  await rig.wake(wakeUps);
  return order.message;
}

const messageOf = async (rig: ExportRig, tenant: string) =>
  (await findOrder(rig.db, tenant, '1001'))!.facts.ledger.message;

const becomes = (rig: ExportRig, tenant: string, words: string) =>
  expect.poll(() => messageOf(rig, tenant), { timeout: 15_000, interval: 50 }).toContain(words);

test('an order paid in two parts says what is due, in the list and in its details (R26)', async ({ rig }) => {
  const { tenant, world } = await rig.openShop();
  await told(rig, recordSnapshot(rig.db, tenant, snapshot));
  const answer = await told(rig, recordPayment(rig.db, tenant, '1001', payment('18.00', 'p1')));
  const list = await listOrders(rig.db, tenant, { after: null, limit: 10 });
  const message = 'Unbalanced: 12.00 USD due';
  expect([answer, list[0]?.message, await messageOf(rig, tenant)]).toEqual([message, message, message]);
  await told(rig, recordPayment(rig.db, tenant, '1001', payment('12.00', 'p2')));
  await becomes(rig, tenant, 'Exported as ticket 220000000001');
  expect(world.sales).toMatchObject([{ calcTotal: '30.00', calcPayments: '30.00' }]);
});

test('authorised money does not count until it is captured (R25)', async ({ rig }) => {
  const { tenant } = await rig.openShop();
  await told(rig, recordSnapshot(rig.db, tenant, snapshot));
  const answer = await told(rig, recordPayment(rig.db, tenant, '1001', payment('30.00', 'p1', 'authorised')));
  expect(answer).toBe('Unbalanced: 30.00 USD due');
  await told(rig, recordPayment(rig.db, tenant, '1001', payment('30.00', 'p1')));
  await becomes(rig, tenant, 'Exported');
});

test('a payment told twice counts once; told differently it is a conflict', async ({ rig }) => {
  const { tenant } = await rig.openShop();
  await told(rig, recordSnapshot(rig.db, tenant, snapshot));
  await recordPayment(rig.db, tenant, '1001', payment('18.00', 'p1'));
  const again = await recordPayment(rig.db, tenant, '1001', payment('18.00', 'p1'));
  expect(again).toMatchObject({
    ignored: expect.stringContaining('known'),
    order: { message: 'Unbalanced: 12.00 USD due' },
  });
  await expect(recordPayment(rig.db, tenant, '1001', payment('12.00', 'p1'))).rejects.toMatchObject({
    code: 'payment-conflict',
  });
});

test('facts may come before the order itself', async ({ rig }) => {
  const { tenant, world } = await rig.openShop();
  const answer = await told(rig, recordPayment(rig.db, tenant, '1001', payment('30.00', 'p1')));
  expect(answer).toContain('Waiting for the order');
  await told(rig, recordSnapshot(rig.db, tenant, snapshot));
  await becomes(rig, tenant, 'Exported');
  expect(world.sales).toHaveLength(1);
});

test('an order waits until every item is fulfilled, line by line, by supplier or store (R29)', async ({ rig }) => {
  const { tenant, world } = await rig.openShop({ whenFulfilled: true });
  const lines = [
    { ...line, quantity: 1 },
    { ...line, lineId: 'b', sku: 'CUP', quantity: 1 },
  ];
  await told(rig, recordSnapshot(rig.db, tenant, { ...snapshot, lines }));
  const paid = await told(rig, recordPayment(rig.db, tenant, '1001', payment('30.00', 'p1')));
  const fulfil = (lineId: string, by: 'supplier' | 'store') =>
    told(
      rig,
      recordFulfilment(rig.db, tenant, '1001', {
        fulfilmentId: lineId,
        by,
        at: '2026-11-24T11:00:00Z',
        lines: [{ lineId, quantity: 1 }],
      }),
    );
  const half = await fulfil('a', 'supplier');
  expect([paid, half]).toEqual(['Waiting for fulfilment: 1 of MUG, 1 of CUP', 'Waiting for fulfilment: 1 of CUP']);
  await fulfil('b', 'store');
  await becomes(rig, tenant, 'Exported');
  expect(world.sales).toHaveLength(1);
});

test('an order of an unfinished setup waits, and goes on when it is completed (R5)', async ({ rig }) => {
  const { tenant } = await rig.openShop();
  await rig.db.update(setups).set({ completedAt: null }).where(eq(setups.tenant, tenant));
  await told(rig, recordSnapshot(rig.db, tenant, snapshot));
  const answer = await told(rig, recordPayment(rig.db, tenant, '1001', payment('30.00', 'p1')));
  expect(answer).toContain('Waiting for setup');
  await rig.db.update(setups).set({ completedAt: new Date() }).where(eq(setups.tenant, tenant));
  await rig.wake([{ tenant, kind: 'order-export', subject: '1001', requests: 1 }]);
  await becomes(rig, tenant, 'Exported');
});

test('a dry run plans the sale and sends none; by hand it is sent (R33)', async ({ rig }) => {
  const { tenant, world } = await rig.openShop({ mode: 'dry-run' });
  await told(rig, recordSnapshot(rig.db, tenant, snapshot));
  await told(rig, recordPayment(rig.db, tenant, '1001', payment('30.00', 'p1')));
  await becomes(rig, tenant, 'Dry run: a sale of 30.00 USD is planned');
  expect([world.sales.length, (await findOrder(rig.db, tenant, '1001'))?.plannedSale?.totals.total]).toEqual([
    0,
    '30.00',
  ]);
  await told(rig, retryOrder(rig.db, tenant, '1001', settler));
  await becomes(rig, tenant, 'Exported');
  expect(world.sales).toHaveLength(1);
});

test('a cancelled order makes no sale, even if money comes later', async ({ rig }) => {
  const { tenant, world } = await rig.openShop();
  await told(rig, recordSnapshot(rig.db, tenant, snapshot));
  await told(rig, recordCancellation(rig.db, tenant, '1001', new Date()));
  const answer = await told(rig, recordPayment(rig.db, tenant, '1001', payment('30.00', 'p1')));
  await rig.client.workflow.getHandle(`order-export/${tenant}/1001`).result();
  expect([answer, world.sales]).toEqual(['Cancelled: no sale was made', []]);
});

test('the chosen status is that of the order after export, and goes out with the event (R28)', async ({ rig }) => {
  const { tenant } = await rig.openShop({ statusAfterExport: 'sent' });
  await told(rig, recordSnapshot(rig.db, tenant, snapshot));
  await told(rig, recordPayment(rig.db, tenant, '1001', payment('30.00', 'p1')));
  await becomes(rig, tenant, 'Exported');
  const [order] = await rig.db.select({ status: orders.status }).from(orders).where(eq(orders.tenant, tenant));
  const events = await rig.db
    .select({ type: outbox.type, data: outbox.data })
    .from(outbox)
    .where(eq(outbox.tenant, tenant));
  expect([order?.status, events]).toMatchObject([
    'sent',
    [{ type: 'order.exported', data: { orderId: '1001', status: 'sent', ticketNumber: '220000000001' } }],
  ]);
});

test('an older snapshot is ignored and says so; an edit after export makes no second sale (R24)', async ({ rig }) => {
  const { tenant, world } = await rig.openShop();
  await told(rig, recordSnapshot(rig.db, tenant, snapshot));
  const older = { ...snapshot, updatedAt: '2026-11-24T09:00:00Z', total: '1.00' };
  const { ignored } = await recordSnapshot(rig.db, tenant, older);
  expect(ignored).toContain('is newer');
  await told(rig, recordPayment(rig.db, tenant, '1001', payment('30.00', 'p1')));
  await becomes(rig, tenant, 'Exported');
  await told(rig, recordSnapshot(rig.db, tenant, { ...snapshot, updatedAt: '2026-11-24T12:00:00Z', total: '28.00' }));
  await rig.client.workflow.getHandle(`order-export/${tenant}/1001`).result();
  const open = await rig.db.select().from(attention).where(eq(attention.tenant, tenant));
  expect([world.sales.length, open]).toMatchObject([
    1,
    [{ code: 'changed-after-export', message: expect.stringContaining('from 30.00 USD to 28.00 USD') }],
  ]);
});

test('an order of gift cards only is not exported, and says so (R31)', async ({ rig }) => {
  const { tenant, world } = await rig.openShop();
  await told(
    rig,
    recordSnapshot(rig.db, tenant, { ...snapshot, lines: [{ ...line, kind: 'gift-card', quantity: 2 }] }),
  );
  await told(rig, recordPayment(rig.db, tenant, '1001', payment('30.00', 'p1')));
  await becomes(rig, tenant, 'gift cards');
  expect(world.sales).toEqual([]);
});

test('an admin may settle an order by hand: as a ticket, or never (R33)', async ({ rig }) => {
  const { tenant, world } = await rig.openShop();
  await told(rig, recordSnapshot(rig.db, tenant, snapshot));
  await told(rig, settleAsNever(rig.db, tenant, '1001', settler));
  const never = await told(rig, recordPayment(rig.db, tenant, '1001', payment('30.00', 'p1')));
  const sale = { saleId: '77', ticketNumber: '220000000077', total: '30.00', tax: '0.00', completedAt: new Date() };
  const settled = await told(rig, settleAsTicket(rig.db, tenant, '1001', sale, settler));
  expect([never, settled, world.sales]).toEqual([
    expect.stringContaining('Not exported: set so by hand'),
    expect.stringContaining('Settled by hand as ticket 220000000077'),
    [],
  ]);
  await told(rig, recordSnapshot(rig.db, tenant, { ...snapshot, orderId: '1002' }));
  await expect(settleAsTicket(rig.db, tenant, '1002', sale, settler)).rejects.toMatchObject({ code: 'ticket-used' });
  await expect(retryOrder(rig.db, tenant, '1001', settler)).rejects.toMatchObject({ code: 'order-exported' });
});

test('every step an order took is in its history, in order', async ({ rig }) => {
  const { tenant } = await rig.openShop();
  await told(rig, recordSnapshot(rig.db, tenant, snapshot));
  await told(rig, recordPayment(rig.db, tenant, '1001', payment('30.00', 'p1')));
  await becomes(rig, tenant, 'Exported');
  const { history } = (await findOrder(rig.db, tenant, '1001'))!;
  expect(history.map(({ code }) => code)).toEqual(['unbalanced', 'exporting', 'exported']);
});
