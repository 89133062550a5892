import { and, eq } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { orderExports } from '../schema/orders.ts';
import type { ExportHold } from './move-export.ts';

/** Notes why it isn't known what became of a claim's sale, for the history. The row stays claimed until it is settled. */
export async function recordDoubt(db: Database, hold: ExportHold, doubt: string): Promise<void> {
  await db
    .update(orderExports)
    .set({ doubt })
    .where(
      and(
        eq(orderExports.tenant, hold.tenant),
        eq(orderExports.orderId, hold.orderId),
        eq(orderExports.fence, hold.fence),
        eq(orderExports.state, 'claimed'),
      ),
    );
}
