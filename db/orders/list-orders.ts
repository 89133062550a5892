import { and, desc, eq, exists, ilike, or, sql } from 'drizzle-orm';
import type { ExportState } from '../../domain/orders/export-moves.ts';
import type { Database } from '../database.ts';
import { orderExports, orderLines, orders } from '../schema/orders.ts';

export interface OrderListItem {
  orderId: string;
  state: ExportState;
  messageCode: string;
  message: string;
  nextTryAt: Date | null;
  ticketNumber: string | null;
  exportedAt: Date | null;
  total: string | null;
  currency: string | null;
  status: string | null;
  placedAt: Date | null;
  changedAt: Date;
}

/** Where a page ended: the next one begins after it. */
export interface OrderListPlace {
  changedAt: Date;
  orderId: string;
}

/** A tenant's orders, last changed first. `q` is the start of an order's number, a ticket number, a SKU or an e-mail. */
export async function listOrders(
  db: Database,
  tenant: string,
  wanted: { state?: ExportState | undefined; q?: string | undefined; after: OrderListPlace | null; limit: number },
): Promise<OrderListItem[]> {
  const { state, q, after } = wanted;
  const start = q?.replaceAll(/[\\%_]/g, String.raw`\$&`);
  return db
    .select({
      orderId: orders.orderId,
      state: orderExports.state,
      messageCode: orderExports.messageCode,
      message: orderExports.message,
      nextTryAt: orderExports.nextTryAt,
      ticketNumber: orderExports.ticketNumber,
      exportedAt: orderExports.exportedAt,
      total: orders.total,
      currency: orders.currency,
      status: orders.status,
      placedAt: orders.placedAt,
      changedAt: orders.changedAt,
    })
    .from(orders)
    .innerJoin(orderExports, and(eq(orderExports.tenant, orders.tenant), eq(orderExports.orderId, orders.orderId)))
    .where(
      and(
        eq(orders.tenant, tenant),
        state ? eq(orderExports.state, state) : undefined,
        q === undefined
          ? undefined
          : or(
              ilike(orders.orderId, `${start}%`),
              eq(orderExports.ticketNumber, q),
              sql`lower(${orders.snapshot} ->> 'email') = lower(${q})`,
              exists(
                db
                  .select({ one: sql`1` })
                  .from(orderLines)
                  .where(
                    and(
                      eq(orderLines.tenant, orders.tenant),
                      eq(orderLines.orderId, orders.orderId),
                      eq(orderLines.sku, q),
                    ),
                  ),
              ),
            ),
        after
          ? sql`(${orders.changedAt}, ${orders.orderId}) < (${after.changedAt.toISOString()}::timestamptz, ${after.orderId})`
          : undefined,
      ),
    )
    .orderBy(desc(orders.changedAt), desc(orders.orderId))
    .limit(wanted.limit);
}
