import { and, eq } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { orderExports } from '../schema/orders.ts';
import type { ExportHold } from './move-export.ts';

/** Keeps the id of the open sale that a claim has made. @returns false when the fence is no longer the row's. */
export async function recordOpenSale(db: Database, hold: ExportHold, openSaleId: string): Promise<boolean> {
  const kept = await db
    .update(orderExports)
    .set({ openSaleId })
    .where(
      and(
        eq(orderExports.tenant, hold.tenant),
        eq(orderExports.orderId, hold.orderId),
        eq(orderExports.fence, hold.fence),
      ),
    )
    .returning({ orderId: orderExports.orderId });
  return kept.length === 1;
}
