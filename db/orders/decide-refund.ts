import type { ExportState } from '../../domain/orders/export-moves.ts';
import type { RefundFacts } from './load-refund-facts.ts';
import { settlingOf } from './settling.ts';

/** What a refund does next. `waitMs` null: until something changes. */
export type RefundStep =
  | { kind: 'end' }
  | { kind: 'wait'; waitMs: number | null }
  | { kind: 'look-up' }
  | { kind: 'post' };

export interface RefundDecision {
  step: RefundStep;
  state: ExportState;
  /** Null: the row's words stand. */
  words: { code: string; message: string; remedy?: string } | null;
  settleUntil: Date | null;
}

/** The message code of a refund whose order has no sale: it is looked at anew should the order get one. */
export const noSale = 'no-sale';

const unsold: Partial<Record<ExportState, string>> = {
  cancelled: 'the order was cancelled before it was exported',
  'not-exported': 'the order is not exported',
};

/** Decides a refund's next step from its facts alone, by the same states and moves as an order's export. */
export function decideRefund(facts: RefundFacts, asker: { by: 'fact' } | { by: 'workflow'; settleWindowMs: number }) {
  const { refund } = facts;
  switch (refund.state) {
    case 'exported':
    case 'resolved':
    case 'cancelled':
      return decision(refund.state, { kind: 'end' });
    case 'not-exported':
      return refund.messageCode === noSale ? ready(facts) : decision('not-exported', { kind: 'end' });
    case 'attention':
      return decision('attention', { kind: 'wait', waitMs: null });
    case 'claimed':
    case 'in-doubt':
      return asker.by === 'fact'
        ? decision(refund.state, { kind: 'wait', waitMs: null })
        : settling(facts, asker.settleWindowMs);
    case 'waiting':
      return ready(facts);
  }
}

function settling(facts: RefundFacts, settleWindowMs: number): RefundDecision {
  const { refund, now, connection } = facts;
  const { settleUntil, step: next } = settlingOf(refund, now, settleWindowMs, tillWait(facts));
  const words = { code: 'in-doubt', message: 'Checking with the till whether the refund was booked' };
  const inDoubt = (step: RefundStep): RefundDecision => ({ step, state: 'in-doubt', words, settleUntil });
  if (connection?.state !== 'active') return inDoubt({ kind: 'wait', waitMs: null });
  if (refund.accountId !== connection.accountId) {
    const message = 'The refund may have been booked in the Lightspeed account that was connected before';
    const remedy =
      'Look for it there; then retry the refund to book it in the account connected now, or book it by hand';
    return attention({ code: 'account-changed', message, remedy });
  }
  return next.kind === 'ready' ? ready(facts) : inDoubt(next);
}

function ready(facts: RefundFacts): RefundDecision {
  const { refund, order, settings, connection } = facts;
  const why = unsold[order.state];
  if (why !== undefined) {
    const message = `Not exported: ${why}, so that there is no sale to take it from`;
    return { ...decision('not-exported', { kind: 'end' }), words: { code: noSale, message } };
  }
  if (order.state !== 'exported' && order.state !== 'resolved') {
    return waiting('waiting-for-sale', 'Waiting: taken off the sale if it is not made yet, else made once it is');
  }
  const isOn = settings?.mode === 'on' && settings.refunds;
  if (!isOn && !refund.byHand) {
    const message = 'Not exported: refunds are off in the order export step. Book it in the till, or retry the refund';
    return { ...decision('not-exported', { kind: 'end' }), words: { code: 'refunds-off', message } };
  }
  if (connection?.state !== 'active') {
    return waiting('waiting-for-connection', 'Waiting for the connection: connect Lightspeed again, and it goes on');
  }
  const waitMs = tillWait(facts);
  if (waitMs > 0) return decision('waiting', { kind: 'wait', waitMs });
  const step: RefundStep = refund.lookUps === 0 ? { kind: 'look-up' } : { kind: 'post' };
  return {
    ...decision('waiting', step),
    words: { code: 'exporting', message: 'The refund is being sent to the till' },
  };
}

function tillWait({ refund, now }: RefundFacts): number {
  return refund.nextTryAt ? Math.max(0, refund.nextTryAt.getTime() - now.getTime()) : 0;
}

function attention(words: { code: string; message: string; remedy: string }): RefundDecision {
  return { ...decision('attention', { kind: 'wait', waitMs: null }), words };
}

function waiting(code: string, message: string): RefundDecision {
  return { ...decision('waiting', { kind: 'wait', waitMs: null }), words: { code, message } };
}

function decision(state: ExportState, step: RefundStep): RefundDecision {
  return { step, state, words: null, settleUntil: null };
}
