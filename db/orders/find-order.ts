import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { attention } from '../schema/notify.ts';
import { orderHistory, orders, refunds } from '../schema/orders.ts';
import { apiKeys } from '../schema/tenants.ts';
import type { OrderFacts } from './load-order-facts.ts';
import { loadOrderFacts } from './load-order-facts.ts';
import type { RefundRow } from './load-refund-facts.ts';
import type { PlannedSale } from './planned-sale.ts';
import { plannedSale } from './planned-sale.ts';

export interface OrderDetail {
  facts: OrderFacts;
  status: string | null;
  arrivedAt: Date;
  /** `by`: what the key of whoever did it by hand is called; null for what happened by itself. */
  history: { at: Date; code: string; message: string; keyId: string | null; by: string | null }[];
  refunds: RefundRow[];
  /** What a person must decide about it now, oldest first. */
  attention: { code: string; message: string; remedy: string; since: Date }[];
  planned: PlannedSale;
}

/** An order with all that is known of it; null for one nobody has told of. */
export async function findOrder(db: Database, tenant: string, orderId: string): Promise<OrderDetail | null> {
  const facts = await loadOrderFacts(db, tenant, orderId);
  if (!facts) return null;
  const [order] = await db
    .select({ status: orders.status, arrivedAt: orders.arrivedAt })
    .from(orders)
    .where(and(eq(orders.tenant, tenant), eq(orders.orderId, orderId)));
  const history = await db
    .select({
      at: orderHistory.at,
      code: orderHistory.code,
      message: orderHistory.message,
      keyId: orderHistory.keyId,
      by: apiKeys.label,
    })
    .from(orderHistory)
    .leftJoin(apiKeys, and(eq(apiKeys.tenant, orderHistory.tenant), eq(apiKeys.id, orderHistory.keyId)))
    .where(and(eq(orderHistory.tenant, tenant), eq(orderHistory.orderId, orderId)))
    .orderBy(asc(orderHistory.at), asc(orderHistory.id));
  const given = await db
    .select()
    .from(refunds)
    .where(and(eq(refunds.tenant, tenant), eq(refunds.orderId, orderId)))
    .orderBy(asc(refunds.at), asc(refunds.refundId));
  const open = await db
    .select({
      code: attention.code,
      message: attention.message,
      remedy: attention.remedy,
      since: attention.createdAt,
    })
    .from(attention)
    .where(
      and(
        eq(attention.tenant, tenant),
        eq(attention.subjectKind, 'order'),
        eq(attention.subjectId, orderId),
        isNull(attention.resolvedAt),
      ),
    )
    .orderBy(asc(attention.createdAt), asc(attention.code));
  return { ...order!, facts, history, attention: open, refunds: given, planned: plannedSale(facts) };
}
