import type { LedgerRow } from './load-order-facts.ts';

/** What of a ledger's row, an order's or a refund's, tells where its doubt stands. */
type Doubt = Pick<LedgerRow, 'state' | 'postDeadline' | 'settleUntil' | 'glancedAt' | 'lookUps'>;

/** Empty look-ups, each made after the settle window, that it takes to send again. */
const lookUpsToSendAgain = 2;

/**
 * What comes next for a row of unknown outcome: one early look-up, then the settle window, then look-ups until enough
 * were empty. `ready`: nothing was booked, it may be sent again.
 * @param tillWaitMs how long the till is to be left alone.
 */
export function settlingOf(row: Doubt, now: Date, settleWindowMs: number, tillWaitMs: number) {
  const settleUntil =
    row.state === 'in-doubt' && row.settleUntil
      ? row.settleUntil
      : new Date((row.postDeadline ?? now).getTime() + settleWindowMs);
  const leftMs = settleUntil.getTime() - now.getTime();
  const waitMs = Math.max(leftMs, tillWaitMs);
  const isDue = leftMs > 0 ? row.glancedAt === null : waitMs <= 0 && row.lookUps < lookUpsToSendAgain;
  if (isDue) return { settleUntil, step: { kind: 'look-up' } } as const;
  return { settleUntil, step: waitMs > 0 ? ({ kind: 'wait', waitMs } as const) : ({ kind: 'ready' } as const) };
}

/** Whether a look-up begun now is too early to tell that nothing was booked. */
export function isGlance({ state, settleUntil }: Pick<Doubt, 'state' | 'settleUntil'>, now: Date): boolean {
  return state === 'in-doubt' && settleUntil !== null && now < settleUntil;
}
