import { expect, test } from 'vitest';
import type { OrderSnapshot } from '../../domain/orders/order-snapshot.ts';
import type { ActiveOrderExportSettings } from '../../domain/setup/settings.ts';
import { decideExport } from './decide-export.ts';
import type { LedgerRow, OrderFacts } from './load-order-facts.ts';

const now = new Date('2026-11-24T12:00:00Z');
const at = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
const workflow = { by: 'workflow', settleWindowMs: 180_000 } as const;

const snapshot: OrderSnapshot = {
  orderId: '1001',
  placedAt: '2026-11-24T11:00:00Z',
  updatedAt: '2026-11-24T11:00:00Z',
  currency: 'USD',
  total: '12.00',
  taxTotal: '0.00',
  discountTotal: '0.00',
  email: 'ada@example.com',
  lines: [
    { lineId: 'a', sku: 'MUG', description: 'Mug', kind: 'product', quantity: 1, unitPrice: '12.00', discount: '0.00' },
  ],
};

const settings: ActiveOrderExportSettings = {
  mode: 'on',
  employeeId: '2',
  registerId: '5',
  shopId: '1',
  registerByLocation: {},
  statusAfterExport: null,
  whenFulfilled: false,
  defaultPaymentTypeId: '3',
  paymentTypes: {},
  taxPolicy: 'line',
  saleDate: 'export',
  shippingItemId: null,
  taxItemId: null,
  refunds: false,
};

const ledgerRow: LedgerRow = {
  tenant: 'acme',
  orderId: '1001',
  state: 'waiting',
  fence: 0,
  postDeadline: null,
  firstAttemptAt: null,
  accountId: '7',
  settleUntil: null,
  doubt: null,
  glancedAt: null,
  lookUps: 0,
  openSaleId: null,
  saleId: null,
  ticketNumber: null,
  saleTotal: null,
  saleTax: null,
  saleLines: null,
  sentOrder: null,
  difference: null,
  acceptedDifference: null,
  acceptedTillDifference: null,
  acceptedTax: null,
  customerId: null,
  saleCompletedAt: null,
  exportedAt: null,
  messageCode: 'waiting-for-snapshot',
  message: '',
  nextTryAt: null,
  attempts: 0,
  byHand: false,
  changedAt: now,
};

const payment = {
  paymentId: 'p1',
  amount: '12.00',
  method: 'card',
  capturedAt: '2026-11-24T11:01:00Z',
  state: 'captured',
} as const;

const account: NonNullable<OrderFacts['account']> = {
  connectionId: 'c1',
  readAt: now,
  facts: {
    taxCategories: [],
    hasItemFees: false,
    shops: [{ shopId: '1', taxCategoryId: null, archived: false }],
    employees: [{ employeeId: '2', archived: false, lockedOut: false, limitToShopId: null }],
    registers: [{ registerId: '5', shopId: '1', archived: false }],
  },
};

function facts(changes: Partial<OrderFacts> = {}, ledger: Partial<LedgerRow> = {}): OrderFacts {
  return {
    tenant: 'acme',
    orderId: '1001',
    now,
    zone: 'UTC',
    snapshot,
    cancelledAt: null,
    payments: [payment],
    fulfilments: [],
    refunds: [],
    mappings: {},
    isSetupComplete: true,
    setupMissing: [],
    settings,
    exportFrom: null,
    connection: { id: 'c1', accountId: '7', state: 'active' },
    account,
    ...changes,
    ledger: { ...ledgerRow, ...ledger },
  };
}

test.each<[string, Partial<OrderFacts>, string]>([
  ['without its snapshot an order waits for it', { snapshot: null }, 'waiting-for-snapshot'],
  ['an order of an unfinished setup waits (R5)', { isSetupComplete: false }, 'waiting-for-setup'],
  ['an unbalanced order says so (R26)', { payments: [] }, 'unbalanced'],
  ['authorised money does not count (R25)', { payments: [{ ...payment, state: 'authorised' }] }, 'unbalanced'],
  ['with export off an order waits (R27)', { settings: { mode: 'off' } }, 'export-off'],
  ['a dry run sends nothing', { settings: { ...settings, mode: 'dry-run' } }, 'dry-run'],
  [
    'an order waits to be fulfilled (R29)',
    { settings: { ...settings, whenFulfilled: true } },
    'waiting-for-fulfilment',
  ],
  ['an order from before the switch is not sent by it', { exportFrom: now }, 'before-export-start'],
  [
    'a lost connection is waited for',
    { connection: { id: 'c1', accountId: '7', state: 'lost' } },
    'waiting-for-connection',
  ],
])('%s', (_, changes, situation) => {
  const { state, step, situation: found } = decideExport(facts(changes), workflow);
  expect([state, step, found?.kind]).toEqual(['waiting', { kind: 'wait', waitMs: null }, situation]);
});

test('a balanced order goes by its steps: account, look-up, customer, sale', () => {
  const next = (changes: Partial<OrderFacts>, ledger: Partial<LedgerRow>) =>
    decideExport(facts(changes, ledger), workflow).step.kind;
  expect([
    next({ account: null }, {}),
    next({ account: { ...account, readAt: at(-1_801) } }, {}),
    next({ account: { ...account, connectionId: 'another' } }, {}),
    next({}, {}),
    next({}, { lookUps: 1 }),
    next({}, { lookUps: 1, customerId: '9' }),
  ]).toEqual(['read-account', 'read-account', 'read-account', 'look-up', 'find-customer', 'post']);
});

test('a retry by hand passes the start of exports and a dry run (R33)', () => {
  const dryRun = { settings: { ...settings, mode: 'dry-run' as const }, exportFrom: now };
  expect(decideExport(facts(dryRun, { byHand: true }), workflow).step).toEqual({ kind: 'look-up' });
});

test.each([
  [{ archived: true, lockedOut: false, limitToShopId: null }],
  [{ archived: false, lockedOut: true, limitToShopId: null }],
  [{ archived: false, lockedOut: false, limitToShopId: '2' }],
])('an employee who no longer serves needs a person (R27)', (employee) => {
  const employees = [{ employeeId: '2', ...employee }];
  const decided = decideExport(facts({ account: { ...account, facts: { ...account.facts, employees } } }), workflow);
  expect(decided).toMatchObject({ state: 'attention', attention: { code: 'employee-unusable' } });
});

test('attention that comes of the facts goes by itself when they are corrected', () => {
  const parked = { state: 'attention', messageCode: 'employee-unusable' } as const;
  expect(decideExport(facts({}, parked), workflow)).toMatchObject({ state: 'waiting', step: { kind: 'look-up' } });
});

test('attention that the till has caused stays until a person retries', () => {
  const parked = { state: 'attention', messageCode: 'till-refused' } as const;
  expect(decideExport(facts({}, parked), workflow)).toMatchObject({ state: 'attention', step: { waitMs: null } });
});

test('R25: overpaid money parks the order, unless export is off; R36: the message says what to do', () => {
  const overpaid = { payments: [{ ...payment, amount: '13.00' }] };
  expect(decideExport(facts(overpaid), workflow)).toMatchObject({
    state: 'attention',
    situation: { reason: 'Unbalanced: 1.00 USD overpaid', remedy: expect.stringContaining('Give the excess back') },
  });
  expect(decideExport(facts({ ...overpaid, settings: { mode: 'off' } }), workflow)).toMatchObject({ state: 'waiting' });
});

test('R25, R29: a refund before the export lowers what is due, and its units need no fulfilment', () => {
  const refunds = [
    { refundId: 'r', amount: '12.00', at: '2026-11-24T11:30:00Z', lines: [{ lineId: 'a', quantity: 1 }] },
  ];
  const decided = decideExport(
    facts({ payments: [], refunds, settings: { ...settings, whenFulfilled: true } }),
    workflow,
  );
  expect(decided).toMatchObject({ state: 'not-exported', situation: { reason: 'refunded' } });
});

test('a cancelled order makes no sale', () => {
  const decided = decideExport(facts({ cancelledAt: now }), workflow);
  expect(decided).toMatchObject({ state: 'cancelled', step: { kind: 'end' } });
});

test('a sale that was made stands when the order is cancelled, and a person is told', () => {
  const decided = decideExport(
    facts({ cancelledAt: now }, { state: 'exported', ticketNumber: '220000000007' }),
    workflow,
  );
  expect(decided).toMatchObject({ state: 'exported', attention: { code: 'cancelled-after-export' } });
});

test('a fact that comes while a POST is under way changes nothing of it (R24)', () => {
  const decided = decideExport(facts({}, { state: 'claimed', postDeadline: at(30) }), { by: 'fact' });
  expect(decided).toMatchObject({ state: 'claimed', situation: null });
});

test('after an unknown outcome: one glance, then the settle window, then two look-ups, then again (R24)', () => {
  const step = (ledger: Partial<LedgerRow>) => {
    const { state, step } = decideExport(facts({}, { customerId: '9', ...ledger }), workflow);
    return [state, step.kind === 'wait' ? step.waitMs : step.kind];
  };
  expect([
    step({ state: 'claimed', postDeadline: at(30) }),
    step({ state: 'claimed', postDeadline: at(30), glancedAt: now }),
    step({ state: 'in-doubt', settleUntil: at(10), glancedAt: now }),
    step({ state: 'in-doubt', settleUntil: at(-1), glancedAt: now }),
    step({ state: 'in-doubt', settleUntil: at(5), glancedAt: now, lookUps: 1 }),
    step({ state: 'in-doubt', settleUntil: at(-1), glancedAt: now, lookUps: 1 }),
    step({ state: 'in-doubt', settleUntil: at(-1), glancedAt: now, lookUps: 2 }),
  ]).toEqual([
    ['in-doubt', 'look-up'],
    ['in-doubt', 210_000],
    ['in-doubt', 10_000],
    ['in-doubt', 'look-up'],
    ['in-doubt', 5_000],
    ['in-doubt', 'look-up'],
    ['waiting', 'post'],
  ]);
});

test('what may be in the account connected before is for a person to say (R24)', () => {
  const elsewhere = { connection: { id: 'c2', accountId: '8', state: 'active' as const } };
  const decided = decideExport(facts(elsewhere, { state: 'in-doubt', settleUntil: at(-1), lookUps: 1 }), workflow);
  expect(decided).toMatchObject({ state: 'attention', attention: { code: 'account-changed' } });
});
