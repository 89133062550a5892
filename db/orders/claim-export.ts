import { and, eq, sql } from 'drizzle-orm';
import type { SalePlan } from '../../domain/orders/plan-sale.ts';
import { sentOrderOf } from '../../domain/orders/sent-order.ts';
import type { Transaction } from '../database.ts';
import { orderExports } from '../schema/orders.ts';
import { assessOrder } from './assess-order.ts';
import type { ExportHold } from './move-export.ts';
import { takeRefundsOff } from './take-refunds-off.ts';
import { touchOrder } from './touch-order.ts';

/** The right to send one order's sale until the deadline passes, or another has claimed it since. */
export interface Claim extends ExportHold {
  plan: SalePlan;
  customerId: string | null;
  /** A sale of this order that is open in the till already: complete it, don't make another. */
  openSaleId: string | null;
  /** Planned less open total, as a person has accepted it. */
  acceptedTillDifference: string | null;
  leftMs: number;
}

/**
 * Claims the export of an order that is ready to be sent: the fence rises, so that whoever claimed it before may send
 * no more, and the look-ups start anew. Decided on once more under the row's lock.
 * @param connectionId of the till that the sale will be sent to.
 * @returns null if the order is not to be sent now, or to another till.
 */
export async function claimExport(
  tx: Transaction,
  order: { tenant: string; orderId: string },
  connectionId: string,
  timings: { postDeadlineMs: number; settleWindowMs: number },
): Promise<Claim | null> {
  const { tenant, orderId } = order;
  const asker = { by: 'workflow', settleWindowMs: timings.settleWindowMs } as const;
  const assessed = await assessOrder(tx, tenant, orderId, asker);
  const plan = assessed?.decision.plan;
  const connection = assessed?.facts.connection;
  if (!assessed || !plan || assessed.step.kind !== 'post' || connection?.id !== connectionId) return null;
  const [claimed] = await tx
    .update(orderExports)
    .set({
      state: 'claimed',
      fence: sql`${orderExports.fence} + 1`,
      postDeadline: sql`clock_timestamp() + ${timings.postDeadlineMs} * interval '1 millisecond'`,
      firstAttemptAt: sql`coalesce(${orderExports.firstAttemptAt}, clock_timestamp())`,
      settleUntil: null,
      doubt: null,
      glancedAt: null,
      lookUps: 0,
      accountId: connection.accountId,
      saleTotal: plan.totals.total,
      saleLines: plan.lines,
      sentOrder: sentOrderOf(assessed.facts.snapshot!),
      changedAt: sql`now()`,
    })
    .where(
      and(
        eq(orderExports.tenant, tenant),
        eq(orderExports.orderId, orderId),
        eq(orderExports.fence, assessed.hold.fence),
        eq(orderExports.state, 'waiting'),
      ),
    )
    .returning({
      fence: orderExports.fence,
      customerId: orderExports.customerId,
      openSaleId: orderExports.openSaleId,
      acceptedTillDifference: orderExports.acceptedTillDifference,
    });
  if (!claimed) return null;
  await touchOrder(tx, tenant, orderId);
  await takeRefundsOff(tx, tenant, orderId);
  return { ...claimed, tenant, orderId, zone: assessed.facts.zone, plan, leftMs: timings.postDeadlineMs };
}
