import * as fc from 'fast-check';
import { vi } from 'vitest';
import { addMoney, compareMoney, subtractMoney } from '../../domain/money.ts';
import { orderExportWorkflowId } from '../../workflows/messages/orders.ts';
import { webOrderExport } from '../shop.ts';
import type { Temporal } from '../stack-test.ts';
import { test } from '../stack-test.ts';

/** What a storefront may say of an order. Minutes date a snapshot. */
type Fact =
  | { kind: 'snapshot'; minute: number; total: '30.00' | '28.00' }
  | { kind: 'paid'; paymentId: string; amount: string; state: 'captured' | 'authorised' }
  | { kind: 'refunded'; refundId: string; amount: string; lines: { lineId: string; quantity: number }[] }
  | { kind: 'cancelled' };

/** Each order's facts, some twice or more, in any order: whole, partial and too much money, edits, refunds, cancellations. */
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
    refunds: fc.subarray([
      { kind: 'refunded', refundId: 'r1', amount: '5.00', lines: [] },
      { kind: 'refunded', refundId: 'r2', amount: '15.00', lines: [{ lineId: '1', quantity: 1 }] },
    ] satisfies Fact[]),
    isCancelled: fc.constantFrom(false, false, false, false, true),
  })
  .map(({ snapshots, payments, isAuthorisedFirst, refunds, isCancelled }): Fact[] => [
    ...snapshots.map(({ minute, total }): Fact => ({ kind: 'snapshot', minute, total: total as '30.00' })),
    ...payments.flatMap(([paymentId, amount]): Fact[] => [
      ...(isAuthorisedFirst ? [{ kind: 'paid', paymentId, amount, state: 'authorised' } as const] : []),
      { kind: 'paid', paymentId, amount, state: 'captured' },
    ]),
    ...refunds,
    ...(isCancelled ? [{ kind: 'cancelled' } as const] : []),
  ])
  .chain((facts) =>
    fc
      .shuffledSubarray([...facts, ...facts], { minLength: facts.length })
      .map((shuffled) => [...shuffled, ...facts.filter((fact) => !shuffled.includes(fact))]),
  );

const at = (minute: number) => `2030-01-01T10:0${minute}:00Z`;

/** What the facts so far come to: the newest snapshot, the captured money and what was given back, each counted once. */
function comesTo(facts: Fact[]) {
  const snapshots = facts.filter((fact) => fact.kind === 'snapshot').toSorted((a, b) => b.minute - a.minute);
  const captured = new Map(
    facts.flatMap((fact) =>
      fact.kind === 'paid' && fact.state === 'captured' ? [[fact.paymentId, fact.amount] as const] : [],
    ),
  );
  const refunds = new Map(facts.flatMap((fact) => (fact.kind === 'refunded' ? [[fact.refundId, fact.amount]] : [])));
  const isCancelled = facts.some(({ kind }) => kind === 'cancelled');
  const total = snapshots[0]?.total ?? null;
  const money = addMoney(...captured.values());
  const isCovered = total !== null && compareMoney(addMoney(money, ...refunds.values()), total) >= 0;
  const isDue = isCovered && compareMoney(money, total) <= 0 && !isCancelled;
  return { total, isCancelled, isDue, refunds };
}

async function historyOf(temporal: Temporal, tenant: string, orderId: string) {
  const { events } = await temporal.workflow.getHandle(orderExportWorkflowId(tenant, orderId)).fetchHistory();
  return events ?? [];
}

test.concurrent('whatever is told of an order, in whatever order and however often, it gives one sale or none, gives back once what was given back, and says what differs (R24, R25)', {
  timeout: 120_000,
}, async ({ shop, expect }) => {
  await shop.setUp({ pricing: { enabled: false }, orderExport: { ...webOrderExport, refunds: true } });
  const orders = fc.sample(factsOfOrder, { numRuns: 40, seed: 20_261_125 });
  /** @returns whether it was taken. */
  const tell = async (orderId: string, fact: Fact): Promise<boolean> => {
    switch (fact.kind) {
      case 'snapshot': {
        const { total, minute } = fact;
        const lines = ['15.00', subtractMoney(total, '15.00')].map((unitPrice, index) => {
          return { lineId: String(index + 1), sku: 'ANY', quantity: 1, unitPrice };
        });
        const body = { placedAt: at(0), updatedAt: at(minute), currency: 'USD', total, lines };
        await shop.storefront.expect('PUT', `/orders/${orderId}`, body);
        return true;
      }
      case 'paid': {
        const { kind: _, ...payment } = fact;
        const body = { ...payment, method: 'card', capturedAt: at(1) };
        await shop.storefront.expect('POST', `/orders/${orderId}/paid`, body);
        return true;
      }
      case 'refunded': {
        const { kind: _, ...refund } = fact;
        const answer = await shop.storefront.call('POST', `/orders/${orderId}/refunded`, { ...refund, at: at(2) });
        if (answer.status !== 404) return answer.status === 202;
        expect(answer.body).toMatchObject({ code: 'order-unknown' }); // no snapshot yet: tell it again, if at all
        return false;
      }
      case 'cancelled':
        await shop.storefront.expect('POST', `/orders/${orderId}/cancelled`, { at: at(2) });
        return true;
    }
  };
  const places = await Promise.all(
    orders.map(async (all, number) => {
      const orderId = `n${number}`;
      const facts: Fact[] = [];
      for (const fact of all) if (await tell(orderId, fact)) facts.push(fact);
      return { facts, orderId };
    }),
  );
  const ways = new Set<string>();
  for (const { facts, orderId } of places) {
    const { total, isCancelled, isDue, refunds } = comesTo(facts);
    const wasDue = facts.some((_, last) => comesTo(facts.slice(0, last + 1)).isDue);
    const order = await vi.waitFor(
      async () => {
        const order = await shop.admin.expect('GET', `/orders/${orderId}`);
        const isExported = order['state'] === 'exported';
        const isOver = isExported || (!isDue && order['messageCode'] !== 'exporting');
        const isGiven = (order['refunds'] as { state: string }[]).every(({ state }) =>
          isExported || order['state'] === 'cancelled' ? ['exported', 'not-exported'].includes(state) : true,
        );
        if (!isOver || !isGiven)
          throw new Error(`${orderId} is ${String(order['state'])}: ${String(order['message'])}`);
        return order;
      },
      { timeout: 60_000, interval: 50 },
    );
    const context = `${orderId}: ${JSON.stringify(facts)} -> ${String(order['message'])}`;
    const codes = (order['attention'] as { code: string }[]).map(({ code }) => code);
    const given = order['refunds'] as { refundId: string; amount: string; messageCode: string }[];
    expect(new Set(given.map(({ refundId }) => refundId)), context).toEqual(new Set(refunds.keys()));
    const sumOf = (code: string) =>
      addMoney(...given.filter(({ messageCode }) => messageCode === code).map(({ amount }) => amount));
    for (const { messageCode } of given) ways.add(messageCode);
    const all = await shop.till.sales();
    const booked = all.filter(({ referenceNumber }) => referenceNumber.split(':')[0] === orderId);
    const inTill = addMoney(...booked.map((sale) => sale.total));
    if (order['state'] !== 'exported') {
      expect(isDue, context).toBe(false);
      expect(booked, context).toEqual([]);
      continue;
    }
    // Whenever it was told, what was given back is given back once: on the sale, or by a sale of its own.
    expect(addMoney(sumOf('in-sale'), sumOf('exported')), context).toBe(addMoney(...refunds.values()));
    expect(inTill, context).toBe(subtractMoney(String(order['saleTotal']), sumOf('exported')));
    expect(wasDue, context).toBe(true);
    // A cancelled order's sale is to be refunded as a whole, whatever the order came to.
    if (!isCancelled) {
      const differs = compareMoney(addMoney(String(order['saleTotal']), sumOf('in-sale')), total!) !== 0;
      expect(codes.includes('changed-after-export'), context).toBe(differs);
    }
    expect(codes.includes('cancelled-after-export'), context).toBe(isCancelled);
    if (isCancelled) expect(order['message'], context).toMatch(/stands.*Refund it in the till/);
  }
  const ledger = (await Promise.all(places.map(({ orderId }) => shop.admin.expect('GET', `/orders/${orderId}`))))
    .filter(({ state }) => state === 'exported')
    .map(({ orderId }) => orderId);
  const sold = (await shop.till.sales())
    .filter(({ referenceNumberSource }) => referenceNumberSource === `tillbridge:${shop.tenant}`)
    .map(({ referenceNumber }) => referenceNumber);
  expect([...ways]).toEqual(expect.arrayContaining(['in-sale', 'exported', 'no-sale', 'waiting-for-sale']));
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
    await vi.waitFor(() => expect(isSent()).toBe(true), { timeout: 40_000, interval: 10 });
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
  temporal,
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
  const asleep = await Promise.all(waiting.map((id) => historyOf(temporal, shop.tenant, id)));
  expect(asleep.map((events) => events.filter((event) => event.timerStartedEventAttributes).length)).toEqual([0, 0, 0]);
  expect(asleep.map((events) => events.filter((event) => event.activityTaskScheduledEventAttributes).length)).toEqual([
    0, 0, 0,
  ]);
  expect(calls()).toBe(before);
  await shop.storefront.expect('POST', '/orders/later/fulfilled', fulfilled);
  await becomes(order('later'), ({ state }) => state === 'exported');
  const counts = async (id: string) => (await historyOf(temporal, shop.tenant, id)).length;
  await vi.waitFor(async () => {
    const events = await historyOf(temporal, shop.tenant, 'later');
    if (!events.some((event) => event.workflowExecutionCompletedEventAttributes)) throw new Error('still running');
  }, 40_000);
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
    { timeout: 40_000, interval: 20 },
  );
}
