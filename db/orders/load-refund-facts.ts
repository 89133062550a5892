import { and, eq, inArray, sql } from 'drizzle-orm';
import type { AccountFacts } from '../../domain/orders/account-facts.ts';
import type { OrderSnapshot, Refund } from '../../domain/orders/order-snapshot.ts';
import type { LineMapping } from '../../domain/orders/sale-lines.ts';
import type { ConnectionState } from '../../domain/setup/connection-state.ts';
import type { OrderExportSettings } from '../../domain/setup/settings.ts';
import type { Database, Transaction } from '../database.ts';
import { orderExports, orders, refunds, tillFacts } from '../schema/orders.ts';
import { connections, setups } from '../schema/setup.ts';
import { tenants } from '../schema/tenants.ts';
import { lineMappings } from './line-mappings.ts';
import type { LedgerRow } from './load-order-facts.ts';

export type RefundRow = typeof refunds.$inferSelect;

/** Everything that decides about one refund, as of `now` on the database's clock. */
export interface RefundFacts {
  refund: RefundRow;
  /** Of the same sale, told of before this one. */
  earlier: Pick<Refund, 'lines'>[];
  order: LedgerRow;
  snapshot: OrderSnapshot | null;
  /** By line: what the till sells for it. */
  mappings: Record<string, LineMapping>;
  currency: string;
  now: Date;
  zone: string;
  settings: OrderExportSettings | null;
  connection: { id: string; accountId: string; state: ConnectionState } | null;
  account: AccountFacts | null;
}

/** Reads a refund's facts; null for one that nobody has told of. Who decides on them locks its row first. */
export async function loadRefundFacts(
  db: Database | Transaction,
  tenant: string,
  orderId: string,
  refundId: string,
): Promise<RefundFacts | null> {
  const [row] = await db
    .select({
      refund: refunds,
      earlier: sql<RefundFacts['earlier']>`(select coalesce(json_agg(json_build_object('lines', e.lines)), '[]')
        from ${refunds} e where e.tenant = ${refunds.tenant} and e.order_id = ${refunds.orderId} and not e.in_sale
          and (e.at, e.refund_id) < (${refunds.at}, ${refunds.refundId}))`,
      order: orderExports,
      snapshot: orders.snapshot,
      mappings: lineMappings,
      currency: orders.currency,
      now: sql<string>`clock_timestamp()`,
      zone: tenants.timeZone,
      settings: setups.orderExport,
      connection: { id: connections.id, accountId: connections.accountId, state: connections.state },
      account: tillFacts.facts,
    })
    .from(refunds)
    .innerJoin(orders, and(eq(orders.tenant, refunds.tenant), eq(orders.orderId, refunds.orderId)))
    .innerJoin(orderExports, and(eq(orderExports.tenant, refunds.tenant), eq(orderExports.orderId, refunds.orderId)))
    .innerJoin(tenants, eq(tenants.tenant, refunds.tenant))
    .leftJoin(setups, eq(setups.tenant, refunds.tenant))
    .leftJoin(connections, and(eq(connections.tenant, refunds.tenant), inArray(connections.state, ['active', 'lost'])))
    .leftJoin(tillFacts, eq(tillFacts.tenant, refunds.tenant))
    .where(and(eq(refunds.tenant, tenant), eq(refunds.orderId, orderId), eq(refunds.refundId, refundId)));
  return row ? { ...row, currency: row.currency ?? '', now: new Date(row.now) } : null;
}
