import type { ExportState } from '../../domain/orders/export-moves.ts';
import { canMove } from '../../domain/orders/export-moves.ts';
import { orderMessage, settleWindowMessage } from '../../domain/orders/order-message.ts';
import type { Transaction } from '../database.ts';
import { resolveAttention } from '../notify/attention.ts';
import type { WakeUp } from '../notify/wake-ups.ts';
import { orderHistory } from '../schema/orders.ts';
import type { Asker, Decision, ExportStep } from './decide-export.ts';
import { decideExport } from './decide-export.ts';
import type { LedgerRow, OrderFacts } from './load-order-facts.ts';
import { loadOrderFacts } from './load-order-facts.ts';
import { lockExport } from './lock-export.ts';
import type { ExportHold } from './move-export.ts';
import { moveExport } from './move-export.ts';
import { openOrderAttention } from './open-order-attention.ts';
import { wakeRefunds } from './wake-refunds.ts';

export interface Assessment {
  state: ExportState;
  messageCode: string;
  message: string;
  nextTryAt: Date | null;
  step: ExportStep;
  decision: Decision;
  facts: OrderFacts;
  hold: ExportHold;
  wakeUps: WakeUp[];
}

/**
 * Decides an order's next step under its ledger row's lock and writes down where it stands: state, words, history,
 * attention. Safe to repeat: what hasn't changed is not written.
 * @returns null for an order nobody has told of.
 */
export async function assessOrder(
  tx: Transaction,
  tenant: string,
  orderId: string,
  asker: Asker,
): Promise<Assessment | null> {
  await lockExport(tx, tenant, orderId);
  const facts = await loadOrderFacts(tx, tenant, orderId);
  if (!facts) return null;
  const { ledger } = facts;
  const decided = decideExport(facts, asker);
  const decision = isReachable(ledger.state, decided.state) ? decided : throughWaiting(decided);
  const hold: ExportHold = { tenant, orderId, fence: ledger.fence, zone: facts.zone };
  const result = { ...wordsOf(ledger, decision, facts.zone), step: decision.step, decision, facts, hold };
  if (!hasChanged(ledger, result)) return { ...result, wakeUps: [] };

  const moved = await moveExport(tx, hold, {
    from: [ledger.state],
    to: decision.state,
    situation: decision.situation ?? { kind: 'exporting' },
    code: result.messageCode,
    set: {
      ...(decision.settleUntil ? { settleUntil: decision.settleUntil } : {}),
      ...(decision.attention ? { difference: decision.attention.difference ?? null } : {}),
    },
  });
  if (!moved) throw new Error(`The export of order ${orderId} moved under its own lock`);
  if (ledger.state === 'claimed' && decision.state === 'in-doubt' && asker.by === 'workflow') {
    const words = settleWindowMessage(ledger.doubt, asker.settleWindowMs);
    await tx.insert(orderHistory).values({ tenant, orderId, code: 'settle-window', message: words });
  }
  const leftAttention = ledger.state === 'attention' && ledger.messageCode !== result.messageCode;
  if (leftAttention) await resolveAttention(tx, tenant, { kind: 'order', id: orderId, code: ledger.messageCode });
  const wakeUps = decision.attention ? await openOrderAttention(tx, tenant, orderId, decision.attention) : [];
  if (hasNoSale(ledger.state) !== hasNoSale(decision.state)) wakeUps.push(...(await wakeRefunds(tx, tenant, orderId)));
  return { ...result, wakeUps };
}

/** Whether there is, and for all that is known will be, no sale for a refund to wait for. */
function hasNoSale(state: ExportState): boolean {
  return state === 'cancelled' || state === 'not-exported';
}

function isReachable(from: ExportState, to: ExportState): boolean {
  return from === to || canMove(from, to);
}

/** A state that isn't one move away is reached by way of `waiting`, and decided on again from there. */
function throughWaiting(decision: Decision): Decision {
  return { ...decision, state: 'waiting', step: { kind: 'again' }, situation: { kind: 'exporting' }, attention: null };
}

type Words = Pick<LedgerRow, 'state' | 'messageCode' | 'message' | 'nextTryAt'>;

function wordsOf(ledger: LedgerRow, { state, situation, attention }: Decision, zone: string): Words {
  const { messageCode, message, nextTryAt } = ledger;
  if (!situation) return { state, messageCode, message, nextTryAt };
  const code = attention?.code ?? (situation.kind === 'not-exported' ? situation.reason : situation.kind);
  return { state, messageCode: code, message: orderMessage(situation, zone), nextTryAt };
}

function hasChanged(ledger: LedgerRow, now: Words): boolean {
  return ledger.state !== now.state || ledger.messageCode !== now.messageCode || ledger.message !== now.message;
}
