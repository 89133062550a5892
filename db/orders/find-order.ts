import { and, asc, eq, isNull } from 'drizzle-orm';
import { balanceOf } from '../../domain/orders/balance.ts';
import type { SalePlan } from '../../domain/orders/plan-sale.ts';
import type { Database } from '../database.ts';
import { attention } from '../schema/notify.ts';
import { orderHistory, orders, refunds } from '../schema/orders.ts';
import { apiKeys } from '../schema/tenants.ts';
import type { OrderFacts } from './load-order-facts.ts';
import { loadOrderFacts } from './load-order-facts.ts';
import type { RefundRow } from './load-refund-facts.ts';
import { planExport } from './plan-export.ts';

export interface OrderDetail {
  facts: OrderFacts;
  status: string | null;
  arrivedAt: Date;
  /** `by`: what the key of whoever did it by hand is called; null for what happened by itself. */
  history: { at: Date; code: string; message: string; keyId: string | null; by: string | null }[];
  refunds: RefundRow[];
  /** What a person must decide about it now, oldest first. */
  attention: { code: string; message: string; remedy: string; since: Date }[];
  /** The sale that would be sent now, or once the order is paid; null once sent, and while it can't be told. */
  plannedSale: SalePlan | null;
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
  return { ...order!, facts, history, attention: open, refunds: given, plannedSale: plannedSale(facts) };
}

function plannedSale(facts: OrderFacts): SalePlan | null {
  const { ledger, settings, account, snapshot } = facts;
  if (ledger.state !== 'waiting' && ledger.state !== 'attention') return null;
  if (!snapshot || !account || !settings || settings.mode === 'off') return null;
  const plan = planExport(asIfPaid(facts), settings, account.facts);
  return plan.kind === 'plan' ? plan : null;
}

/** What is still due, as one payment more: its method isn't known, so that the default payment type stands for it. */
function asIfPaid(facts: OrderFacts): OrderFacts {
  const { snapshot, payments, now } = facts;
  const balance = balanceOf({ total: snapshot!.total, payments, refunds: facts.refunds });
  if (balance.kind !== 'due') return facts;
  const due = { paymentId: 'due', amount: balance.amount, method: '', state: 'captured' as const };
  return { ...facts, payments: [...payments, { ...due, capturedAt: now.toISOString() }] };
}
