import { and, eq, inArray, sql } from 'drizzle-orm';
import type { AccountFacts } from '../../domain/orders/account-facts.ts';
import type { Fulfilment, OrderSnapshot, Payment, Refund } from '../../domain/orders/order-snapshot.ts';
import type { LineMapping } from '../../domain/orders/sale-lines.ts';
import type { ConnectionState } from '../../domain/setup/connection-state.ts';
import type { OrderExportSettings } from '../../domain/setup/settings.ts';
import { missingForCompletion } from '../../domain/setup/setup-steps.ts';
import type { Database, Transaction } from '../database.ts';
import { fulfilments, orderExports, orders, payments, refunds, tillFacts } from '../schema/orders.ts';
import { connections, setups, storeMappings } from '../schema/setup.ts';
import { tenants } from '../schema/tenants.ts';
import { lineMappings } from './line-mappings.ts';

export type LedgerRow = typeof orderExports.$inferSelect;

/** Everything that decides about one order, as of `now` on the database's clock. */
export interface OrderFacts {
  tenant: string;
  orderId: string;
  now: Date;
  zone: string;
  snapshot: OrderSnapshot | null;
  cancelledAt: Date | null;
  payments: Payment[];
  fulfilments: Fulfilment[];
  /** Those that are taken off the sale: every one told of before it was sent, as far as is known. */
  refunds: Refund[];
  /** By line: what the till sells for it. */
  mappings: Record<string, LineMapping>;
  ledger: LedgerRow;
  isSetupComplete: boolean;
  /** The wizard's steps that are still to be done. */
  setupMissing: string[];
  settings: OrderExportSettings | null;
  exportFrom: Date | null;
  connection: { id: string; accountId: string; state: ConnectionState } | null;
  account: { facts: AccountFacts; connectionId: string; readAt: Date } | null;
}

/**
 * Reads an order's facts in one statement, so that they belong together. Who decides on them locks first.
 * @returns null for an order nobody has told of.
 */
export async function loadOrderFacts(
  db: Database | Transaction,
  tenant: string,
  orderId: string,
): Promise<OrderFacts | null> {
  const [row] = await db
    .select({
      now: sql<string>`clock_timestamp()`,
      zone: tenants.timeZone,
      snapshot: orders.snapshot,
      cancelledAt: orders.cancelledAt,
      payments: sql<Payment[]>`(select coalesce(json_agg(json_build_object('paymentId', ${payments.paymentId},
        'amount', ${payments.amount}::text, 'method', ${payments.method}, 'state', ${payments.state},
        'reference', ${payments.reference}, 'capturedAt', ${payments.capturedAt})), '[]')
        from ${payments} where ${payments.tenant} = ${orders.tenant} and ${payments.orderId} = ${orders.orderId})`,
      fulfilments: sql<
        Fulfilment[]
      >`(select coalesce(json_agg(json_build_object('fulfilmentId', ${fulfilments.fulfilmentId},
        'lineId', ${fulfilments.lineId}, 'quantity', ${fulfilments.quantity}::float8, 'by', ${fulfilments.fulfilledBy},
        'at', ${fulfilments.at})), '[]')
        from ${fulfilments} where ${fulfilments.tenant} = ${orders.tenant} and ${fulfilments.orderId} = ${orders.orderId})`,
      refunds: sql<Refund[]>`(select coalesce(json_agg(json_build_object('refundId', ${refunds.refundId},
        'amount', ${refunds.amount}::text, 'shippingAmount', ${refunds.shippingAmount}::text, 'at', ${refunds.at},
        'lines', ${refunds.lines})), '[]')
        from ${refunds} where ${refunds.tenant} = ${orders.tenant} and ${refunds.orderId} = ${orders.orderId}
          and (${refunds.inSale} or ${orderExports.state} not in ('exported', 'resolved')))`,
      mappings: lineMappings,
      ledger: orderExports,
      setupCompletedAt: setups.completedAt,
      settings: setups.orderExport,
      importSettings: setups.importSettings,
      pricing: setups.pricing,
      mappedShopCount: sql<number>`(select count(*)::int from ${storeMappings} where ${storeMappings.tenant} = ${orders.tenant})`,
      exportFrom: setups.exportFrom,
      connection: { id: connections.id, accountId: connections.accountId, state: connections.state },
      account: { facts: tillFacts.facts, connectionId: tillFacts.connectionId, readAt: tillFacts.readAt },
    })
    .from(orders)
    .innerJoin(orderExports, and(eq(orderExports.tenant, orders.tenant), eq(orderExports.orderId, orders.orderId)))
    .innerJoin(tenants, eq(tenants.tenant, orders.tenant))
    .leftJoin(setups, eq(setups.tenant, orders.tenant))
    .leftJoin(connections, and(eq(connections.tenant, orders.tenant), inArray(connections.state, ['active', 'lost'])))
    .leftJoin(tillFacts, eq(tillFacts.tenant, orders.tenant))
    .where(and(eq(orders.tenant, tenant), eq(orders.orderId, orderId)));
  if (!row) return null;
  const { setupCompletedAt, importSettings, pricing, mappedShopCount, account, now, ...rest } = row;
  const missing = missingForCompletion({
    connection: rest.connection?.state ?? null,
    mappedShopCount,
    importSettings,
    pricing,
    orderExport: rest.settings,
    faults: [],
    isCompleted: setupCompletedAt !== null,
  });
  const known = account?.facts && account.connectionId && account.readAt;
  return {
    ...rest,
    tenant,
    orderId,
    now: new Date(now),
    payments: row.payments.map(({ reference, ...payment }) => ({ ...payment, ...(reference ? { reference } : {}) })),
    isSetupComplete: setupCompletedAt !== null,
    setupMissing: missing.map(({ step }) => step),
    account: known ? (account as NonNullable<OrderFacts['account']>) : null,
  };
}
