import { and, eq } from 'drizzle-orm';
import type { Transaction } from '../database.ts';
import { orderExports } from '../schema/orders.ts';
import type { ExportHold } from './move-export.ts';
import { moveExport } from './move-export.ts';

const firstPauseMs = 2_000;
const longestPauseMs = 15 * 60_000;

/**
 * Gives an export back to `waiting` because the till can't be used now, and it is certain that nothing was sent. With
 * an unknown outcome it stays in doubt, and its look-up is made later.
 * @param retryAfterMs when the till says so itself; else twice as long with every failure.
 */
export async function postponeExport(
  tx: Transaction,
  hold: ExportHold,
  why: 'budget' | 'outage',
  retryAfterMs: number | null,
): Promise<boolean> {
  const row = and(eq(orderExports.tenant, hold.tenant), eq(orderExports.orderId, hold.orderId));
  const [ledger] = await tx
    .select({ attempts: orderExports.attempts, state: orderExports.state, settleUntil: orderExports.settleUntil })
    .from(orderExports)
    .where(row)
    .for('update');
  if (!ledger) return false;
  const pauseMs = retryAfterMs ?? Math.min(firstPauseMs * 2 ** Math.min(ledger.attempts, 10), longestPauseMs);
  const nextTryAt = new Date(Date.now() + pauseMs);
  const set = { nextTryAt, attempts: ledger.attempts + 1 };
  if (ledger.state === 'in-doubt') {
    const nextLookAt = new Date(Math.max(nextTryAt.getTime(), ledger.settleUntil?.getTime() ?? 0)).toISOString();
    const situation = { kind: 'in-doubt', nextLookAt } as const;
    return moveExport(tx, hold, { from: [], to: 'in-doubt', situation, set: { ...set, glancedAt: new Date() } });
  }
  const situation = { kind: 'waiting-for-till', why, nextTryAt: nextTryAt.toISOString() } as const;
  return moveExport(tx, hold, { from: ['waiting', 'claimed'], to: 'waiting', situation, set });
}
