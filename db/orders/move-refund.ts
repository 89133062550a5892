import { and, eq, inArray, sql } from 'drizzle-orm';
import type { ExportState } from '../../domain/orders/export-moves.ts';
import { canMove, exportStates } from '../../domain/orders/export-moves.ts';
import type { Transaction } from '../database.ts';
import { resolveAttention } from '../notify/attention.ts';
import type { WakeUp } from '../notify/wake-ups.ts';
import { orderHistory, refunds } from '../schema/orders.ts';
import type { RefundRow } from './load-refund-facts.ts';
import { openOrderAttention } from './open-order-attention.ts';

/** Who holds a refund: nothing of it may be written once the row's fence has risen. */
export interface RefundHold {
  tenant: string;
  orderId: string;
  refundId: string;
  fence: number;
}

export interface RefundMove {
  from?: readonly ExportState[];
  to: ExportState;
  code: string;
  message: string;
  /** What to do about it: with it, the order needs attention. */
  remedy?: string | undefined;
  set?: Partial<Omit<RefundRow, 'tenant' | 'orderId' | 'refundId' | 'state' | 'message' | 'messageCode'>>;
  keyId?: string;
}

/** The row, by which fence and in which states its holder may write it. */
export function heldRefund({ tenant, orderId, refundId, fence }: RefundHold, states: readonly ExportState[]) {
  return and(
    eq(refunds.tenant, tenant),
    eq(refunds.orderId, orderId),
    eq(refunds.refundId, refundId),
    eq(refunds.fence, fence),
    inArray(refunds.state, [...states]),
  );
}

/**
 * Makes a move of a refund in the ledger, by the table of an export's moves, and notes it in its order's history.
 * @returns the wake-ups to signal; null when the row is held by another or this is no move from its state.
 */
export async function moveRefund(tx: Transaction, hold: RefundHold, move: RefundMove): Promise<WakeUp[] | null> {
  const { tenant, orderId, refundId } = hold;
  const { to, code, message, remedy } = move;
  const allowed = exportStates.filter((state) => state === to || canMove(state, to));
  const from = move.from ? allowed.filter((state) => state === to || move.from!.includes(state)) : allowed;
  const moved = await tx
    .update(refunds)
    .set({ ...move.set, state: to, messageCode: code, message, changedAt: sql`now()` })
    .where(heldRefund(hold, from))
    .returning({ refundId: refunds.refundId });
  if (moved.length === 0) return null;
  const words = `Refund ${refundId}: ${message}`;
  const keyId = move.keyId ?? null;
  await tx.insert(orderHistory).values({ tenant, orderId, code: `refund-${code}`, message: words, keyId });
  const attentionCode = `refund-attention-${refundId}`;
  if (to === 'attention' && remedy) {
    return openOrderAttention(tx, tenant, orderId, { code: attentionCode, message: words, remedy });
  }
  await resolveAttention(tx, tenant, { kind: 'order', id: orderId, code: attentionCode });
  return [];
}
