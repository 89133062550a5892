import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { orderExports } from '../schema/orders.ts';
import type { LookUp } from './start-look-up.ts';

/** The longest pause between the two look-ups that must both be empty. */
const longestGapMs = 30_000;

/**
 * Records that a look-up found no completed sale. It counts only if it was begun after the settle window; one begun
 * before is a glance. An open sale that it found is kept, to be completed instead of making another.
 * @returns false when the row has been claimed, or another look-up recorded, since this one began.
 */
export async function recordLookUp(
  db: Database,
  lookUp: LookUp,
  found: { openSaleId: string | null },
  settleWindowMs: number,
): Promise<boolean> {
  const gapMs = Math.min(longestGapMs, Math.ceil(settleWindowMs / 6));
  const openSale = found.openSaleId === null ? {} : { openSaleId: found.openSaleId };
  const set = lookUp.isGlance
    ? { glancedAt: sql`now()` }
    : {
        lookUps: sql`${orderExports.lookUps} + 1`,
        nextTryAt: null,
        ...(lookUp.state === 'in-doubt' ? { settleUntil: sql`now() + ${gapMs} * interval '1 millisecond'` } : {}),
        ...openSale,
      };
  const recorded = await db
    .update(orderExports)
    .set(set)
    .where(
      and(
        eq(orderExports.tenant, lookUp.tenant),
        eq(orderExports.orderId, lookUp.orderId),
        eq(orderExports.fence, lookUp.fence),
        eq(orderExports.state, lookUp.state),
        eq(orderExports.lookUps, lookUp.lookUps),
      ),
    )
    .returning({ orderId: orderExports.orderId });
  return recorded.length === 1;
}
