import { expect, test } from 'vitest';
import { decideRefund } from './decide-refund.ts';
import type { RefundFacts, RefundRow } from './load-refund-facts.ts';

const now = new Date('2026-11-24T12:00:00Z');
const at = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
const workflow = { by: 'workflow', settleWindowMs: 180_000 } as const;

test('after an unknown outcome of a refund: one glance, then the settle window, then two look-ups, then again (R24, R32)', () => {
  const step = (ledger: Partial<RefundRow>) => {
    const { state, step } = decideRefund(facts(ledger), workflow);
    return [state, step.kind === 'wait' ? step.waitMs : step.kind];
  };
  expect([
    step({ state: 'claimed', postDeadline: at(30) }),
    step({ state: 'in-doubt', settleUntil: at(10), glancedAt: now }),
    step({ state: 'in-doubt', settleUntil: at(-1), glancedAt: now, nextTryAt: at(4) }),
    step({ state: 'in-doubt', settleUntil: at(-1), glancedAt: now }),
    step({ state: 'in-doubt', settleUntil: at(-1), glancedAt: now, lookUps: 1 }),
    step({ state: 'in-doubt', settleUntil: at(-1), glancedAt: now, lookUps: 2 }),
  ]).toEqual([
    ['in-doubt', 'look-up'],
    ['in-doubt', 10_000],
    ['in-doubt', 4_000],
    ['in-doubt', 'look-up'],
    ['in-doubt', 'look-up'],
    ['waiting', 'post'],
  ]);
});

function facts(ledger: Partial<RefundRow>): RefundFacts {
  const refund: RefundRow = {
    tenant: 'acme',
    orderId: '1001',
    refundId: 'r1',
    amount: '12.00',
    shippingAmount: '0',
    at: now,
    lines: [],
    inSale: false,
    state: 'waiting',
    fence: 1,
    postDeadline: null,
    firstAttemptAt: null,
    accountId: '7',
    settleUntil: null,
    glancedAt: null,
    lookUps: 0,
    openSaleId: null,
    saleId: null,
    ticketNumber: null,
    exportedAt: null,
    messageCode: 'exporting',
    message: '',
    nextTryAt: null,
    attempts: 0,
    byHand: true,
    changedAt: now,
    ...ledger,
  };
  const order = { state: 'exported' } as RefundFacts['order'];
  const connection = { id: 'c', accountId: '7', state: 'active' } as const;
  return {
    refund,
    order,
    connection,
    now,
    earlier: [],
    snapshot: null,
    mappings: {},
    currency: 'USD',
    zone: 'UTC',
    settings: null,
    account: null,
  };
}
