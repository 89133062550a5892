import * as fc from 'fast-check';
import { vi } from 'vitest';
import { addMoney, compareMoney } from '../../domain/money.ts';
import { createKeyRing } from '../../runtime/key-ring.ts';
import { connectTemporal } from '../../temporal/connect-temporal.ts';
import { orderExportWorkflowId } from '../../workflows/messages/orders.ts';
import type { App } from '../stack-test.ts';
import { test } from '../stack-test.ts';

/** What a storefront may say of an order. Minutes date a snapshot. */
type Fact =
  | { kind: 'snapshot'; minute: number; total: '30.00' | '28.00' }
  | { kind: 'paid'; paymentId: string; amount: string; state: 'captured' | 'authorised' }
  | { kind: 'cancelled' };

/** Each order's facts, some twice or more, in any order: whole, partial and too much money, edits, cancellations. */
const factsOfOrder: fc.Arbitrary<Fact[]> = fc
  .record({
    snapshots: fc.uniqueArray(
      fc.record({ minute: fc.integer({ min: 1, max: 5 }), total: fc.constantFrom('30.00', '30.00', '28.00') }),
      {
        selector: ({ minute }) => minute,
        minLength: 1,
        maxLength: 3,
      },
    ),
    payments: fc.constantFrom<[string, string][]>(
      [['p1', '30.00']],
      [
        ['p1', '18.00'],
        ['p2', '12.00'],
      ],
      [['p1', '18.00']],
      [['p1', '28.00']],
      [['p1', '31.00']],
      [],
    ),
    isAuthorisedFirst: fc.boolean(),
    isCancelled: fc.constantFrom(false, false, false, false, true),
  })
  .map(({ snapshots, payments, isAuthorisedFirst, isCancelled }): Fact[] => [
    ...snapshots.map(({ minute, total }): Fact => ({ kind: 'snapshot', minute, total: total as '30.00' })),
    ...payments.flatMap(([paymentId, amount]): Fact[] => [
      ...(isAuthorisedFirst ? [{ kind: 'paid', paymentId, amount, state: 'authorised' } as const] : []),
      { kind: 'paid', paymentId, amount, state: 'captured' },
    ]),
    ...(isCancelled ? [{ kind: 'cancelled' } as const] : []),
  ])
  .chain((facts) =>
    fc
      .shuffledSubarray([...facts, ...facts], { minLength: facts.length })
      .map((shuffled) => [...shuffled, ...facts.filter((fact) => !shuffled.includes(fact))]),
  );

const at = (minute: number) => `2030-01-01T10:0${minute}:00Z`;

/** What the facts so far come to: the newest snapshot and the captured money, each counted once. */
function comesTo(facts: Fact[]) {
  const snapshots = facts.filter((fact) => fact.kind === 'snapshot').toSorted((a, b) => b.minute - a.minute);
  const captured = new Map(
    facts.flatMap((fact) =>
      fact.kind === 'paid' && fact.state === 'captured' ? [[fact.paymentId, fact.amount] as const] : [],
    ),
  );
  const isCancelled = facts.some(({ kind }) => kind === 'cancelled');
  const total = snapshots[0]?.total ?? null;
  const isDue = total !== null && !isCancelled && compareMoney(addMoney(...captured.values()), total) === 0;
  return { total, isCancelled, isDue };
}

async function historyOf({ config }: App, tenant: string, orderId: string) {
  const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace, SECRET_KEYS } = config;
  const { client, close } = await connectTemporal({ address, namespace }, createKeyRing(SECRET_KEYS));
  const { events } = await client.workflow.getHandle(orderExportWorkflowId(tenant, orderId)).fetchHistory();
  await close();
  return events ?? [];
}

test.concurrent('whatever is told of an order, in whatever order and however often, it gives one sale or none, and says what differs (R24, R25)', {
  timeout: 120_000,
}, async ({ shop, expect }) => {
  await shop.setUp({ pricing: { enabled: false } });
  const orders = fc.sample(factsOfOrder, { numRuns: 40, seed: 20_261_125 });
  const tell = (orderId: string, fact: Fact) => {
    switch (fact.kind) {
      case 'snapshot': {
        const { total, minute } = fact;
        const lines = [{ lineId: '1', sku: 'ANY', quantity: 1, unitPrice: total }];
        const body = { placedAt: at(0), updatedAt: at(minute), currency: 'USD', total, lines };
        return shop.storefront.expect('PUT', `/orders/${orderId}`, body);
      }
      case 'paid': {
        const { kind: _, ...payment } = fact;
        const body = { ...payment, method: 'card', capturedAt: at(1) };
        return shop.storefront.expect('POST', `/orders/${orderId}/paid`, body);
      }
      case 'cancelled':
        return shop.storefront.expect('POST', `/orders/${orderId}/cancelled`, { at: at(2) });
    }
  };
  await Promise.all(
    orders.map(async (facts, number) => {
      for (const fact of facts) await tell(`n${number}`, fact);
    }),
  );
  const places = orders.flatMap((facts, number) => (facts.length > 0 ? [{ facts, orderId: `n${number}` }] : []));
  for (const { facts, orderId } of places) {
    const { total, isCancelled, isDue } = comesTo(facts);
    const wasDue = facts.some((_, last) => comesTo(facts.slice(0, last + 1)).isDue);
    const order = await vi.waitFor(
      async () => {
        const order = await shop.admin.expect('GET', `/orders/${orderId}`);
        const isOver = order['state'] === 'exported' || (!isDue && order['messageCode'] !== 'exporting');
        if (!isOver) throw new Error(`${orderId} is ${String(order['state'])}: ${String(order['message'])}`);
        return order;
      },
      { timeout: 60_000, interval: 50 },
    );
    const context = `${orderId}: ${JSON.stringify(facts)} -> ${String(order['message'])}`;
    const codes = (order['attention'] as { code: string }[]).map(({ code }) => code);
    if (order['state'] !== 'exported') {
      expect(isDue, context).toBe(false);
      continue;
    }
    expect(wasDue, context).toBe(true);
    // A cancelled order's sale is to be refunded as a whole, whatever the order came to.
    if (!isCancelled) {
      const differs = compareMoney(String(order['saleTotal']), total!) !== 0;
      expect(codes.includes('changed-after-export'), context).toBe(differs);
    }
    expect(codes.includes('cancelled-after-export'), context).toBe(isCancelled);
    if (isCancelled) expect(order['message'], context).toMatch(/stands.*Refund it in the till/);
  }
  const ledger = (await Promise.all(places.map(({ orderId }) => shop.admin.expect('GET', `/orders/${orderId}`))))
    .filter(({ state }) => state === 'exported')
    .map(({ orderId }) => orderId);
  const sold = (await shop.till.sales()).map(({ referenceNumber }) => referenceNumber);
  expect(new Set(sold)).toEqual(new Set(ledger));
  expect(sold).toHaveLength(ledger.length);
  expect(sold.length).toBeGreaterThan(5);
});

test.concurrent('what is said of an order while its sale is being sent leaves the sale as it is, and a person is told what to do (R24, R36)', async ({
  shop,
  sandbox,
  expect,
}) => {
  await shop.setUp({ pricing: { enabled: false } });
  await shop.till.fault({ method: 'POST', path: 'Sale', count: 4, fault: { kind: 'latency', ms: 2_300 } });
  const lines = [{ lineId: '1', sku: 'ANY', quantity: 1, unitPrice: '12.00' }];
  const snapshot = { placedAt: at(0), updatedAt: at(0), currency: 'USD', total: '12.00', lines };
  const paid = { paymentId: 'p1', amount: '12.00', method: 'card', capturedAt: at(1) };
  const order = (id: string) => () => shop.admin.expect('GET', `/orders/${id}`);
  const isSending =
    (sales: number) =>
    ({ rule, hits }: { rule: { account?: number | undefined }; hits: number }) =>
      rule.account === Number(shop.accountId) && hits === sales;
  const edit = (id: string, minute: number, changes: object) =>
    shop.storefront.expect('PUT', `/orders/${id}`, { ...snapshot, ...changes, updatedAt: at(minute) });
  const cheaper = { total: '9.00', lines: [{ ...lines[0]!, unitPrice: '9.00' }] };
  const said: Record<string, () => Promise<unknown>> = {
    async cancelled() {
      const answer = await shop.storefront.expect('POST', '/orders/cancelled/cancelled', { at: at(2) });
      expect(['claimed', 'in-doubt']).toContain(answer['state']); // neither cancelled nor sent again while it isn't known
    },
    edited: () => edit('edited', 2, cheaper),
    exchanged: () => edit('exchanged', 2, { lines: [{ ...lines[0]!, sku: 'OTHER' }] }),
    async restored() {
      await edit('restored', 2, cheaper);
      await edit('restored', 3, {});
    },
  };
  for (const [number, [id, say]] of Object.entries(said).entries()) {
    await shop.storefront.expect('PUT', `/orders/${id}`, snapshot);
    await shop.storefront.expect('POST', `/orders/${id}/paid`, paid);
    const isSent = () => sandbox.world.faults.list().some(isSending(number + 1));
    await vi.waitFor(() => expect(isSent()).toBe(true), { timeout: 30_000, interval: 10 });
    await say();
  }
  await becomes(order('cancelled'), ({ messageCode }) => messageCode === 'cancelled-after-export');
  for (const id of ['edited', 'exchanged', 'restored']) await becomes(order(id), ({ state }) => state === 'exported');
  expect(await order('cancelled')()).toMatchObject({
    state: 'exported',
    message: expect.stringMatching(/ticket \d+ stands. Refund it in the till/),
    attention: [{ code: 'cancelled-after-export' }],
  });
  const changed = (words: string) => ({
    saleTotal: '12',
    attention: [{ code: 'changed-after-export', message: expect.stringContaining(words) }],
  });
  expect(await order('edited')()).toMatchObject(changed('from 12.00 USD to 9.00 USD'));
  expect(await order('exchanged')()).toMatchObject(changed('line 1 from 1 × ANY to 1 × OTHER'));
  expect(await order('restored')()).toMatchObject({ saleTotal: '12', attention: [] });
  await edit('edited', 4, {});
  expect(await order('edited')()).toMatchObject({ attention: [] });
  expect(await shop.till.sales()).toHaveLength(4);
});

test.concurrent('an order paid and exported at once takes 40 events at most, with a later fulfilment 50; waiting costs no timer and no call', async ({
  shop,
  app,
  sandbox,
  expect,
}) => {
  await shop.setUp({
    pricing: { enabled: false },
    orderExport: { mode: 'on', employeeId: '3', registerId: '4', defaultPaymentTypeId: '7', whenFulfilled: true },
  });
  const lines = [{ lineId: '1', sku: 'ANY', quantity: 1, unitPrice: '12.00' }];
  const snapshot = { placedAt: at(0), updatedAt: at(0), currency: 'USD', total: '12.00', lines };
  const paid = { paymentId: 'p1', amount: '12.00', method: 'card', capturedAt: at(1) };
  const fulfilled = { fulfilmentId: 'f1', by: 'store', at: at(2), lines: [{ lineId: '1', quantity: 1 }] };
  const order = (id: string) => () => shop.admin.expect('GET', `/orders/${id}`);
  // The first order reads the account for all; it is not measured.
  for (const id of ['first', 'at-once']) {
    await shop.storefront.expect('PUT', `/orders/${id}`, snapshot);
    await shop.storefront.expect('POST', `/orders/${id}/fulfilled`, fulfilled);
    await shop.storefront.expect('POST', `/orders/${id}/paid`, paid);
    await becomes(order(id), ({ state }) => state === 'exported');
  }
  const calls = () => sandbox.world.log.list().filter(({ path }) => path.includes(`/${shop.accountId}/Sale`)).length;
  const before = calls();
  await shop.storefront.expect('PUT', '/orders/unpaid', snapshot);
  await shop.storefront.expect('POST', '/orders/unknown/paid', paid);
  await shop.storefront.expect('PUT', '/orders/later', snapshot);
  await shop.storefront.expect('POST', '/orders/later/paid', paid);
  await becomes(order('later'), ({ messageCode }) => messageCode === 'waiting-for-fulfilment');
  await becomes(order('unknown'), ({ messageCode }) => messageCode === 'waiting-for-snapshot');
  const waiting = ['unpaid', 'unknown', 'later'];
  const asleep = await Promise.all(waiting.map((id) => historyOf(app, shop.tenant, id)));
  expect(asleep.map((events) => events.filter((event) => event.timerStartedEventAttributes).length)).toEqual([0, 0, 0]);
  expect(asleep.map((events) => events.filter((event) => event.activityTaskScheduledEventAttributes).length)).toEqual([
    0, 0, 0,
  ]);
  expect(calls()).toBe(before);
  await shop.storefront.expect('POST', '/orders/later/fulfilled', fulfilled);
  await becomes(order('later'), ({ state }) => state === 'exported');
  const counts = async (id: string) => (await historyOf(app, shop.tenant, id)).length;
  await vi.waitFor(async () => {
    const events = await historyOf(app, shop.tenant, 'later');
    if (!events.some((event) => event.workflowExecutionCompletedEventAttributes)) throw new Error('still running');
  });
  expect(await counts('at-once')).toBeLessThanOrEqual(40);
  expect(await counts('later')).toBeLessThanOrEqual(50);
});

async function becomes(
  read: () => Promise<Record<string, unknown>>,
  isSo: (order: Record<string, unknown>) => boolean,
): Promise<void> {
  await vi.waitFor(
    async () => {
      const order = await read();
      if (!isSo(order)) throw new Error(`${String(order['state'])}: ${String(order['message'])}`);
    },
    { timeout: 30_000, interval: 20 },
  );
}
