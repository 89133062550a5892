import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { addMoney, subtractMoney } from '../../domain/money.ts';
import type { ExportState } from '../../domain/orders/export-moves.ts';
import type { OrderSnapshot, Payment } from '../../domain/orders/order-snapshot.ts';
import { withoutRefundedUnits } from '../../domain/orders/refunded-units.ts';
import type { SalePlanLine } from '../../domain/orders/sale-lines.ts';
import { giftCardTotal } from '../../domain/orders/sale-lines.ts';
import type { Database } from '../database.ts';
import { orderExports, orders, payments, refunds } from '../schema/orders.ts';
import { tenants } from '../schema/tenants.ts';

/** An order beside its sale. Money as decimal strings; null where there is no such figure, as before the export. */
export interface ReconciliationRow {
  order: string;
  placedAt: string | null;
  state: ExportState;
  ticket: string | null;
  saleDate: string | null;
  currency: string | null;
  orderTotal: string | null;
  orderTax: string | null;
  /** Not on the sale: gift cards, and what was given back before the export. */
  giftCards: string | null;
  refundedBefore: string;
  saleTotal: string | null;
  saleTax: string | null;
  /** What the sale should come to less what it does; so for the tax. */
  difference: string | null;
  taxDifference: string | null;
  payments: string;
  customerId: string | null;
  refundedAfter: string;
  refundTickets: string;
  message: string;
}

const batch = 1_000;

/**
 * The tenant's orders of some days, in the order of their numbers, a batch at a time: memory stays flat. An order's day
 * is that of its sale, else of its placing, on the tenant's calendar.
 * @param days both included, `YYYY-MM-DD`; null: no bound.
 */
export async function* streamReconciliation(
  db: Database,
  tenant: string,
  days: { from: string | null; to: string | null },
): AsyncGenerator<ReconciliationRow> {
  for (let after = ''; ; ) {
    const rows = await readBatch(db, tenant, days, after);
    for (const row of rows) yield toRow(row);
    if (rows.length < batch) return;
    after = rows.at(-1)!.orderId;
  }
}

type Stored = Awaited<ReturnType<typeof readBatch>>[number];
type StoredRefund = {
  refundId: string;
  amount: string;
  lines: { lineId: string; quantity: number }[];
  inSale: boolean;
  ticketNumber: string | null;
};

async function readBatch(
  db: Database,
  tenant: string,
  { from, to }: { from: string | null; to: string | null },
  after: string,
) {
  const day = sql`(coalesce(${orderExports.saleCompletedAt}, ${orders.placedAt}, ${orders.arrivedAt}) at time zone ${tenants.timeZone})::date`;
  const ofOrder = (table: typeof payments | typeof refunds) =>
    sql`${table.tenant} = ${orders.tenant} and ${table.orderId} = ${orders.orderId}`;
  return db
    .select({
      orderId: orders.orderId,
      snapshot: sql<Pick<OrderSnapshot, 'total' | 'taxTotal' | 'lines'> | null>`${orders.snapshot}`,
      placedAt: orders.placedAt,
      currency: orders.currency,
      state: orderExports.state,
      ticketNumber: orderExports.ticketNumber,
      saleCompletedAt: orderExports.saleCompletedAt,
      saleTotal: orderExports.saleTotal,
      saleTax: orderExports.saleTax,
      saleLines: sql<SalePlanLine[] | null>`${orderExports.saleLines}`,
      customerId: orderExports.customerId,
      message: orderExports.message,
      payments: sql<Pick<Payment, 'paymentId' | 'amount' | 'method' | 'reference'>[]>`(
        select coalesce(json_agg(json_build_object('paymentId', ${payments.paymentId}, 'amount', ${payments.amount}::text,
          'method', ${payments.method}, 'reference', ${payments.reference}) order by ${payments.capturedAt}), '[]')
        from ${payments} where ${ofOrder(payments)} and ${payments.state} = 'captured')`,
      refunds: sql<StoredRefund[]>`(
        select coalesce(json_agg(json_build_object('refundId', ${refunds.refundId}, 'amount', ${refunds.amount}::text,
          'lines', ${refunds.lines}, 'inSale', ${refunds.inSale}, 'ticketNumber', ${refunds.ticketNumber})
          order by ${refunds.at}), '[]')
        from ${refunds} where ${ofOrder(refunds)})`,
    })
    .from(orders)
    .innerJoin(orderExports, and(eq(orderExports.tenant, orders.tenant), eq(orderExports.orderId, orders.orderId)))
    .innerJoin(tenants, eq(tenants.tenant, orders.tenant))
    .where(
      and(
        eq(orders.tenant, tenant),
        gt(orders.orderId, after),
        from === null ? undefined : sql`${day} >= ${from}::date`,
        to === null ? undefined : sql`${day} <= ${to}::date`,
      ),
    )
    .orderBy(asc(orders.orderId))
    .limit(batch);
}

function toRow(row: Stored): ReconciliationRow {
  const { snapshot, state } = row;
  const isSold = state === 'exported' || state === 'resolved';
  const before = row.refunds.filter(({ inSale }) => inSale || !isSold);
  const after = row.refunds.filter((refund) => !before.includes(refund));
  const refundedBefore = addMoney(...before.map(({ amount }) => amount));
  const giftCards = snapshot && giftCardTotal(withoutRefundedUnits(snapshot, before));
  const due = snapshot && giftCards && subtractMoney(snapshot.total, addMoney(giftCards, refundedBefore));
  const saleTotal = isSold ? row.saleTotal && addMoney(row.saleTotal) : null;
  const saleTax = isSold ? row.saleTax && addMoney(row.saleTax, ...taxLines(row.saleLines)) : null;
  return {
    order: row.orderId,
    placedAt: row.placedAt?.toISOString() ?? null,
    state,
    ticket: row.ticketNumber,
    saleDate: row.saleCompletedAt?.toISOString() ?? null,
    currency: row.currency,
    orderTotal: snapshot && addMoney(snapshot.total),
    orderTax: snapshot && addMoney(snapshot.taxTotal),
    giftCards,
    refundedBefore,
    saleTotal,
    saleTax,
    difference: due && saleTotal && subtractMoney(due, saleTotal),
    taxDifference: snapshot && saleTax && subtractMoney(snapshot.taxTotal, saleTax),
    payments: row.payments
      .map(({ paymentId, amount, method, reference }) => `${method} ${addMoney(amount)} (${reference ?? paymentId})`)
      .join('; '),
    customerId: row.customerId,
    refundedAfter: addMoney(...after.map(({ amount }) => amount)),
    refundTickets: after.flatMap(({ ticketNumber }) => ticketNumber ?? []).join('; '),
    message: row.message,
  };
}

function taxLines(lines: SalePlanLine[] | null): string[] {
  return (lines ?? []).filter(({ kind }) => kind === 'tax').map(({ unitPrice }) => unitPrice);
}
