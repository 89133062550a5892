import { and, eq } from 'drizzle-orm';
import type { Transaction } from '../database.ts';
import { orderExports } from '../schema/orders.ts';

/**
 * Locks an order's row in the ledger until the transaction ends. In a statement of its own: facts read by the statement
 * that waits for a lock are those from before the wait (tried: a payment just committed was not seen, and the order said
 * unbalanced again).
 */
export async function lockExport(tx: Transaction, tenant: string, orderId: string): Promise<void> {
  await tx
    .select({ fence: orderExports.fence })
    .from(orderExports)
    .where(and(eq(orderExports.tenant, tenant), eq(orderExports.orderId, orderId)))
    .for('update');
}
