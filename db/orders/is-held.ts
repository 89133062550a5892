import { and, eq, gt, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { orderExports } from '../schema/orders.ts';
import type { ExportHold } from './move-export.ts';

/** Whether a claim still gives the right to send: same fence, still claimed, deadline not passed. */
export async function isHeld(db: Database, hold: ExportHold): Promise<boolean> {
  const rows = await db
    .select({ fence: orderExports.fence })
    .from(orderExports)
    .where(
      and(
        eq(orderExports.tenant, hold.tenant),
        eq(orderExports.orderId, hold.orderId),
        eq(orderExports.fence, hold.fence),
        eq(orderExports.state, 'claimed'),
        gt(orderExports.postDeadline, sql`clock_timestamp()`),
      ),
    );
  return rows.length === 1;
}
