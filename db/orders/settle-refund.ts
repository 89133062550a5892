import { and, eq, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../database.ts';
import { recordEvent } from '../notify/record-event.ts';
import type { WakeUp } from '../notify/wake-ups.ts';
import { refunds } from '../schema/orders.ts';
import type { RefundHold } from './move-refund.ts';
import { heldRefund, moveRefund } from './move-refund.ts';

const firstPauseMs = 2_000;
const longestPauseMs = 15 * 60_000;

/**
 * Records that the till has the refund's sale, and tells the storefront.
 * @returns the wake-ups to signal; null when the fence is no longer the row's or the refund is made already.
 */
export async function finishRefund(
  tx: Transaction,
  hold: RefundHold,
  sale: { saleId: string; ticketNumber: string; calcTotal: string },
): Promise<WakeUp[] | null> {
  const { tenant, orderId, refundId } = hold;
  const { saleId, ticketNumber } = sale;
  const moved = await moveRefund(tx, hold, {
    from: ['waiting', 'claimed', 'in-doubt'],
    to: 'exported',
    code: 'exported',
    message: `Exported as ticket ${ticketNumber}`,
    set: { saleId, ticketNumber, exportedAt: new Date(), openSaleId: null, nextTryAt: null },
  });
  if (!moved) return null;
  const data = { orderId, refundId, saleId, ticketNumber, total: sale.calcTotal };
  return [...moved, await recordEvent(tx, tenant, { type: 'order.refunded', subject: `order:${orderId}`, data })];
}

/** Parks a refund that a person must decide on. @returns null when the fence is no longer the row's. */
export async function parkRefund(
  tx: Transaction,
  hold: RefundHold,
  words: { code: string; message: string; remedy: string },
): Promise<WakeUp[] | null> {
  const { code, message, remedy } = words;
  return moveRefund(tx, hold, { to: 'attention', code, message, remedy, set: { nextTryAt: null } });
}

/** Gives a refund back to be tried later: it is certain that nothing was sent, or its doubt stays. */
export async function postponeRefund(tx: Transaction, hold: RefundHold, retryAfterMs: number | null): Promise<void> {
  const [row] = await tx
    .select({ attempts: refunds.attempts, state: refunds.state })
    .from(refunds)
    .where(heldRefund(hold, ['waiting', 'claimed', 'in-doubt']))
    .for('update');
  if (!row) return;
  const pauseMs = retryAfterMs ?? Math.min(firstPauseMs * 2 ** Math.min(row.attempts, 10), longestPauseMs);
  const nextTryAt = new Date(Date.now() + pauseMs);
  await moveRefund(tx, hold, {
    to: row.state === 'in-doubt' ? 'in-doubt' : 'waiting',
    code: 'waiting-for-till',
    message: `Waiting for the till, next try at ${nextTryAt.toISOString()}`,
    // In doubt, an early look-up that failed is not made again: the one after the settle window tells more.
    set: { nextTryAt, attempts: row.attempts + 1, ...(row.state === 'in-doubt' ? { glancedAt: new Date() } : {}) },
  });
}

/**
 * Records that a look-up found no completed refund sale. While in doubt, the next one is made a sixth of the settle
 * window later; one begun before its end is a glance, and doesn't count. Refused when another has been recorded, or the
 * row claimed, since it began.
 */
export async function recordRefundLookUp(
  db: Database,
  hold: RefundHold,
  lookUp: {
    state: 'waiting' | 'in-doubt';
    isGlance: boolean;
    lookUps: number;
    openSaleId: string | null;
    settleWindowMs: number;
  },
): Promise<void> {
  const gapMs = Math.ceil(lookUp.settleWindowMs / 6);
  const settleUntil = sql`now() + ${gapMs} * interval '1 millisecond'`;
  const counted = {
    lookUps: lookUp.lookUps + 1,
    openSaleId: lookUp.openSaleId,
    nextTryAt: null,
    ...(lookUp.state === 'in-doubt' ? { settleUntil } : {}),
  };
  await db
    .update(refunds)
    .set(lookUp.isGlance ? { glancedAt: sql`now()` } : counted)
    .where(and(heldRefund(hold, [lookUp.state]), eq(refunds.lookUps, lookUp.lookUps)));
}

/** Keeps the id of the open refund sale that a claim has made. @returns false when the fence is no longer the row's. */
export async function recordOpenRefund(db: Database, hold: RefundHold, openSaleId: string): Promise<boolean> {
  const kept = await db
    .update(refunds)
    .set({ openSaleId })
    .where(heldRefund(hold, ['claimed']))
    .returning({ refundId: refunds.refundId });
  return kept.length === 1;
}

/** Whether a claim still gives the right to send: same fence, still claimed, deadline not passed. */
export async function isRefundHeld(db: Database, hold: RefundHold): Promise<boolean> {
  const rows = await db
    .select({ refundId: refunds.refundId })
    .from(refunds)
    .where(and(heldRefund(hold, ['claimed']), sql`${refunds.postDeadline} > clock_timestamp()`));
  return rows.length === 1;
}
