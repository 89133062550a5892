import { sql } from 'drizzle-orm';
import type { Transaction } from '../database.ts';
import { refunds } from '../schema/orders.ts';
import { assessRefund } from './assess-refund.ts';
import type { RefundHold } from './move-refund.ts';
import { heldRefund } from './move-refund.ts';

/** The right to send one refund's sale until the deadline passes, or another has claimed it since. */
export interface RefundClaim extends RefundHold {
  /** A refund sale that is open in the till already: complete it, don't make another. */
  openSaleId: string | null;
  leftMs: number;
}

/**
 * Claims a refund that is ready to be sent, as `claimExport` does an order.
 * @returns null if it is not to be sent now, or to another till.
 */
export async function claimRefund(
  tx: Transaction,
  refund: { tenant: string; orderId: string; refundId: string },
  connectionId: string,
  timings: { postDeadlineMs: number; settleWindowMs: number },
): Promise<RefundClaim | null> {
  const assessed = await assessRefund(tx, refund, { by: 'workflow', settleWindowMs: timings.settleWindowMs });
  const connection = assessed?.facts.connection;
  if (!assessed || assessed.decision.step.kind !== 'post' || connection?.id !== connectionId) return null;
  const [claimed] = await tx
    .update(refunds)
    .set({
      state: 'claimed',
      fence: sql`${refunds.fence} + 1`,
      postDeadline: sql`clock_timestamp() + ${timings.postDeadlineMs} * interval '1 millisecond'`,
      firstAttemptAt: sql`coalesce(${refunds.firstAttemptAt}, clock_timestamp())`,
      settleUntil: null,
      glancedAt: null,
      lookUps: 0,
      accountId: connection.accountId,
      changedAt: sql`now()`,
    })
    .where(heldRefund(assessed.hold, ['waiting', 'in-doubt']))
    .returning({ fence: refunds.fence, openSaleId: refunds.openSaleId });
  return claimed ? { ...refund, ...claimed, leftMs: timings.postDeadlineMs } : null;
}
