import { and, eq } from 'drizzle-orm';
import { canMove } from '../../domain/orders/export-moves.ts';
import type { Transaction } from '../database.ts';
import type { WakeUp } from '../notify/wake-ups.ts';
import { refunds } from '../schema/orders.ts';
import type { RefundDecision } from './decide-refund.ts';
import { decideRefund } from './decide-refund.ts';
import type { RefundFacts } from './load-refund-facts.ts';
import { loadRefundFacts } from './load-refund-facts.ts';
import type { RefundHold } from './move-refund.ts';
import { moveRefund } from './move-refund.ts';

export interface RefundAssessment {
  decision: RefundDecision;
  facts: RefundFacts;
  hold: RefundHold;
  wakeUps: WakeUp[];
}

/**
 * Decides a refund's next step under its row's lock and writes down where it stands. Safe to repeat.
 * @returns null for a refund nobody has told of.
 */
export async function assessRefund(
  tx: Transaction,
  { tenant, orderId, refundId }: { tenant: string; orderId: string; refundId: string },
  asker: Parameters<typeof decideRefund>[1],
): Promise<RefundAssessment | null> {
  // In a statement of its own: one that waits for a lock reads facts from before the wait.
  await tx
    .select({ fence: refunds.fence })
    .from(refunds)
    .where(and(eq(refunds.tenant, tenant), eq(refunds.orderId, orderId), eq(refunds.refundId, refundId)))
    .for('update');
  const facts = await loadRefundFacts(tx, tenant, orderId, refundId);
  if (!facts) return null;
  const { refund } = facts;
  const decision = decideRefund(facts, asker);
  const hold = { tenant, orderId, refundId, fence: refund.fence };
  const { state, words, settleUntil } = decision;
  const isMove = state !== refund.state && canMove(refund.state, state);
  const hasNewWords = words !== null && words.message !== refund.message;
  if (!isMove && !hasNewWords) return { decision, facts, hold, wakeUps: [] };
  const { messageCode: code, message } = refund;
  const set = settleUntil ? { settleUntil } : {};
  const wakeUps = await moveRefund(tx, hold, { from: [refund.state], to: state, set, ...(words ?? { code, message }) });
  if (!wakeUps) throw new Error(`Refund ${refundId} of order ${orderId} moved under its own lock`);
  return { decision, facts, hold, wakeUps };
}
