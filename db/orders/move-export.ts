import { and, eq, inArray, sql } from 'drizzle-orm';
import type { ExportState } from '../../domain/orders/export-moves.ts';
import { canMove, exportStates } from '../../domain/orders/export-moves.ts';
import type { OrderSituation } from '../../domain/orders/order-message.ts';
import { orderMessage } from '../../domain/orders/order-message.ts';
import type { Transaction } from '../database.ts';
import { orderExports, orderHistory } from '../schema/orders.ts';
import type { LedgerRow } from './load-order-facts.ts';
import { touchOrder } from './touch-order.ts';

/** Who holds an order's export: nothing of it may be written once the row's fence has risen. */
export interface ExportHold {
  tenant: string;
  orderId: string;
  fence: number;
  /** The tenant's time zone, for the words. */
  zone: string;
}

export interface ExportMove {
  /** Further restricts the states that the table of moves allows. Staying in `to` is always allowed. */
  from?: readonly ExportState[];
  to: ExportState;
  situation: OrderSituation;
  /** Instead of the situation's kind, as for the many kinds of attention. */
  code?: string;
  set?: Partial<Pick<LedgerRow, WrittenByMoves>>;
  keyId?: string | null;
}

type WrittenByMoves =
  | 'settleUntil'
  | 'glancedAt'
  | 'lookUps'
  | 'nextTryAt'
  | 'attempts'
  | 'byHand'
  | 'customerId'
  | 'openSaleId'
  | 'difference'
  | 'acceptedDifference'
  | 'acceptedTillDifference'
  | 'acceptedTax'
  | 'saleId'
  | 'ticketNumber'
  | 'saleTotal'
  | 'saleTax'
  | 'saleCompletedAt'
  | 'exportedAt';

/**
 * Makes a move in the ledger and notes it in the order's history. Only moves of `exportMoves` are made, and only while
 * the fence is still the holder's.
 * @returns false when the row is held by another or is in a state from which this move isn't one.
 */
export async function moveExport(tx: Transaction, hold: ExportHold, move: ExportMove): Promise<boolean> {
  const { to, situation } = move;
  const allowed = exportStates.filter((state) => state === to || canMove(state, to));
  const from = move.from ? allowed.filter((state) => state === to || move.from!.includes(state)) : allowed;
  const message = orderMessage(situation, hold.zone);
  const messageCode = move.code ?? (situation.kind === 'not-exported' ? situation.reason : situation.kind);
  const moved = await tx
    .update(orderExports)
    .set({ ...move.set, state: to, message, messageCode, changedAt: sql`now()` })
    .where(
      and(
        eq(orderExports.tenant, hold.tenant),
        eq(orderExports.orderId, hold.orderId),
        eq(orderExports.fence, hold.fence),
        inArray(orderExports.state, from),
      ),
    )
    .returning({ orderId: orderExports.orderId });
  if (moved.length === 0) return false;
  const { tenant, orderId } = hold;
  await touchOrder(tx, tenant, orderId);
  await tx.insert(orderHistory).values({ tenant, orderId, code: messageCode, message, keyId: move.keyId ?? null });
  return true;
}
