import { and, eq, isNull } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { requestWakeUp } from '../notify/wake-ups.ts';
import { orders } from '../schema/orders.ts';
import type { RecordedFact } from './record-fact.ts';
import { recordFact } from './record-fact.ts';

/** Records that the storefront has cancelled the order. A sale that has been made stands: then a person is told. */
export async function recordCancellation(
  db: Database,
  tenant: string,
  orderId: string,
  cancelledAt: Date,
): Promise<RecordedFact> {
  return recordFact(db, tenant, orderId, async (tx, owe) => {
    const cancelled = await tx
      .update(orders)
      .set({ cancelledAt })
      .where(and(eq(orders.tenant, tenant), eq(orders.orderId, orderId), isNull(orders.cancelledAt)))
      .returning({ orderId: orders.orderId });
    if (cancelled.length === 0) return 'Ignored: the order is cancelled already';
    owe([await requestWakeUp(tx, tenant, 'sale-boundary', tenant)]); // its units are free again
    return null;
  });
}
