import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { AccountFacts } from '../../domain/orders/account-facts.ts';
import type { AuditedSaleState } from '../../domain/orders/audit-finding.ts';
import type { ExportState } from '../../domain/orders/export-moves.ts';
import type { OrderSnapshot } from '../../domain/orders/order-snapshot.ts';
import type { SalePlanLine } from '../../domain/orders/sale-lines.ts';
import type { SentOrder } from '../../domain/orders/sent-order.ts';
import { decimal, moment } from './columns.ts';
import { tenants } from './tenants.ts';

const tenant = () =>
  text()
    .notNull()
    .references(() => tenants.tenant, { onDelete: 'cascade' });

/** The statuses the storefront has declared: one of them may be applied after export (R28). */
export const orderStatuses = pgTable(
  'order_statuses',
  { tenant: tenant(), code: text().notNull(), name: text().notNull() },
  (t) => [primaryKey({ columns: [t.tenant, t.code] })],
);

/**
 * A web order as the storefront last told it. `snapshot` is null while only facts (a payment, a cancellation) have
 * arrived. It holds the customer's data: it never leaves this table but for the till and the order's own page.
 */
export const orders = pgTable(
  'orders',
  {
    tenant: tenant(),
    orderId: text().notNull(),
    snapshot: jsonb().$type<OrderSnapshot>(),
    snapshotAt: moment(),
    placedAt: moment(),
    status: text(),
    total: decimal(),
    currency: text(),
    cancelledAt: moment(),
    arrivedAt: moment().notNull().defaultNow(),
    changedAt: moment().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.tenant, t.orderId] }),
    index('orders_changed').on(t.tenant, t.changedAt),
    index('orders_arrived').on(t.tenant, t.arrivedAt),
  ],
);

/** The lines of the newest snapshot, for reservations and for search. */
export const orderLines = pgTable(
  'order_lines',
  {
    tenant: tenant(),
    orderId: text().notNull(),
    lineId: text().notNull(),
    sku: text().notNull(),
    quantity: decimal().notNull(),
    cancelledQuantity: decimal().notNull().default('0'),
    isGiftCard: boolean().notNull().default(false),
    locationId: text(),
    /** Sold, and the till's stock without it has been read: it promises nothing any more. */
    leftStock: boolean().notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.tenant, t.orderId, t.lineId] }),
    index('order_lines_sku').on(t.tenant, t.sku),
    /** What may still be promised: few of all that were ever sold. */
    index('order_lines_promised').on(t.tenant, t.sku).where(sql`not left_stock`),
  ],
);

/** Money the storefront says it holds. Only `captured` counts towards the balance (R25). */
export const payments = pgTable(
  'payments',
  {
    tenant: tenant(),
    orderId: text().notNull(),
    paymentId: text().notNull(),
    state: text().$type<'captured' | 'authorised'>().notNull(),
    amount: decimal().notNull(),
    method: text().notNull(),
    reference: text(),
    capturedAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenant, t.orderId, t.paymentId] })],
);

/** What has been fulfilled of a line, by the supplier or in a store (R29). */
export const fulfilments = pgTable(
  'fulfilments',
  {
    tenant: tenant(),
    orderId: text().notNull(),
    fulfilmentId: text().notNull(),
    lineId: text().notNull(),
    quantity: decimal().notNull(),
    fulfilledBy: text().$type<'supplier' | 'store'>().notNull(),
    at: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenant, t.orderId, t.fulfilmentId, t.lineId] })],
);

/**
 * What every ledger row has: of an order's sale, and of a refund's. `fence` is claimed before a POST; `postDeadline` is
 * when the claim's last byte may leave.
 */
const ledgerColumns = () => ({
  state: text().$type<ExportState>().notNull(),
  fence: integer().notNull().default(0),
  postDeadline: moment(),
  firstAttemptAt: moment(),
  /** The Lightspeed account the claim was made for: a look-up in another one tells nothing. */
  accountId: text(),
  /** When an outcome is unknown: no look-up before this moment can tell that nothing was booked. */
  settleUntil: moment(),
  /** A look-up before `settleUntil`, made once since it may find the sale already. */
  glancedAt: moment(),
  /** Look-ups since the last claim that found nothing, each of which could tell. */
  lookUps: integer().notNull().default(0),
  openSaleId: text(),
  saleId: text(),
  ticketNumber: text(),
  exportedAt: moment(),
  messageCode: text().notNull(),
  message: text().notNull(),
  nextTryAt: moment(),
  attempts: integer().notNull().default(0),
  /** A person has asked for this sale, whatever the settings say (R33). */
  byHand: boolean().notNull().default(false),
  changedAt: moment().notNull().defaultNow(),
});

/**
 * The export ledger: one row per tenant and order decides whether a sale was made, whatever Temporal's retention
 * forgets (R24).
 */
export const orderExports = pgTable(
  'order_exports',
  {
    tenant: tenant(),
    orderId: text().notNull(),
    ...ledgerColumns(),
    /** Why the outcome is unknown, in the words of the call that failed; null: who sent it has not come back. */
    doubt: text(),
    saleTotal: decimal(),
    /** As the till reckoned it; tax that is a line of its own is in `saleLines`. */
    saleTax: decimal(),
    /** What was sent last, for refunds and the books. */
    saleLines: jsonb().$type<SalePlanLine[]>(),
    /** The order as it was then: a later edit is held against it. */
    sentOrder: jsonb().$type<SentOrder>(),
    customerId: text(),
    /** When the sale left the till's stock, by its clock: the order's reservation ends once a stock row this new was read. */
    saleCompletedAt: moment(),
    /** Of the attention that is open: what the order comes to less what its sale does. */
    difference: decimal(),
    /** A person has accepted this very difference between the order and its plan, or the plan and its open sale. */
    acceptedDifference: decimal(),
    acceptedTillDifference: decimal(),
    /** A person has accepted that no tax category gives this tax. */
    acceptedTax: decimal(),
  },
  (t) => [
    primaryKey({ columns: [t.tenant, t.orderId] }),
    index('order_exports_state').on(t.tenant, t.state),
    unique('order_exports_sale').on(t.tenant, t.saleId),
  ],
);

/**
 * Money given back. Before the order's export it is taken off the sale (`inSale`); after it, by setting, it becomes a
 * refund sale in the till, once: the row is that sale's ledger, with the states, moves and means of `orderExports`.
 */
export const refunds = pgTable(
  'refunds',
  {
    tenant: tenant(),
    orderId: text().notNull(),
    refundId: text().notNull(),
    amount: decimal().notNull(),
    shippingAmount: decimal().notNull().default('0'),
    at: moment().notNull(),
    lines: jsonb().$type<{ lineId: string; quantity: number }[]>().notNull(),
    /** The order's sale was sent without this money. */
    inSale: boolean().notNull().default(false),
    ...ledgerColumns(),
  },
  (t) => [primaryKey({ columns: [t.tenant, t.orderId, t.refundId] }), unique('refunds_sale').on(t.tenant, t.saleId)],
);

/** What happened to an order, one plain line each: the trail a bookkeeper reads. */
export const orderHistory = pgTable(
  'order_history',
  {
    id: uuid().primaryKey().defaultRandom(),
    tenant: tenant(),
    orderId: text().notNull(),
    /** Not the transaction's time: lines of one transaction keep their order. */
    at: moment().notNull().default(sql`clock_timestamp()`),
    code: text().notNull(),
    message: text().notNull(),
    keyId: uuid(),
  },
  (t) => [index('order_history_order').on(t.tenant, t.orderId, t.at)],
);

/**
 * The till's sales that bear our source, as an audit has last seen them: what the ledger is compared with. `changedAt`:
 * when an audit first saw it as it is, so that what a person has settled since is not told again.
 */
export const auditedSales = pgTable(
  'audited_sales',
  {
    tenant: tenant(),
    accountId: text().notNull(),
    saleId: text().notNull(),
    /** The sale's reference: the number of the order that it says it is of. */
    orderId: text().notNull(),
    /** Of the refund that it says it makes; null: it is the order's own. */
    refundId: text(),
    ticketNumber: text().notNull(),
    total: decimal().notNull(),
    state: text().$type<AuditedSaleState>().notNull(),
    changedAt: moment().notNull().defaultNow(),
    seenAt: moment().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.tenant, t.accountId, t.saleId] }),
    index('audited_sales_order').on(t.tenant, t.orderId),
  ],
);

/** Each comparison of the till's sales with the ledger. `fence` is claimed by whoever reads the till for it. */
export const orderAudits = pgTable(
  'order_audits',
  {
    id: uuid().primaryKey(),
    tenant: tenant(),
    trigger: text().$type<'schedule' | 'person'>().notNull(),
    state: text().$type<'running' | 'succeeded' | 'failed'>().notNull(),
    connectionId: uuid().notNull(),
    accountId: text().notNull(),
    /** Sales that the till has changed since are read. */
    salesFrom: moment().notNull(),
    fence: integer().notNull().default(0),
    cursor: text(),
    pages: integer().notNull().default(0),
    salesRead: integer().notNull().default(0),
    differences: integer(),
    errorCode: text(),
    startedAt: moment().notNull().defaultNow(),
    endedAt: moment(),
  },
  (t) => [index('order_audits_tenant').on(t.tenant, t.startedAt)],
);

/**
 * Customers found or made in the till, serialised per tenant and e-mail; the e-mail is kept as a keyed hash. One worker
 * at a time holds the row until `leaseUntil`; its `fence` is compared before it creates anybody.
 */
export const tillCustomers = pgTable(
  'till_customers',
  {
    tenant: tenant(),
    emailHash: text().notNull(),
    customerId: text(),
    fence: integer().notNull().default(0),
    leaseUntil: moment(),
    updatedAt: moment().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.tenant, t.emailHash] })],
);

/**
 * What an export needs to know of the account, read again once it is 30 minutes old: a look-up per order would cost
 * more than the sale. One worker at a time reads, until `leaseUntil`. `readAt` null: to be read again.
 */
export const tillFacts = pgTable('till_facts', {
  tenant: tenant().primaryKey(),
  connectionId: uuid(),
  facts: jsonb().$type<AccountFacts>(),
  readAt: moment(),
  fence: integer().notNull().default(0),
  leaseUntil: moment(),
  /** A tax category that was sent may be made until then, for all that is known: none is sent before. */
  categorySettlesAt: moment(),
});
