import { and, eq } from 'drizzle-orm';
import type { OrderSnapshot } from '../../domain/orders/order-snapshot.ts';
import { changeSinceSent, sentOrderOf } from '../../domain/orders/sent-order.ts';
import type { Database, Transaction } from '../database.ts';
import { requestWakeUp } from '../notify/wake-ups.ts';
import { orderLines, orders } from '../schema/orders.ts';
import type { RecordedFact } from './record-fact.ts';
import { recordFact } from './record-fact.ts';
import { tellChangeAfterExport } from './tell-change-after-export.ts';

/** Takes an order as the storefront describes it now. A snapshot older than the one at hand is ignored, and says so. */
export async function recordSnapshot(db: Database, tenant: string, snapshot: OrderSnapshot): Promise<RecordedFact> {
  const { orderId } = snapshot;
  return recordFact(db, tenant, orderId, async (tx, owe) => {
    const row = and(eq(orders.tenant, tenant), eq(orders.orderId, orderId));
    const [known] = await tx
      .select({ snapshotAt: orders.snapshotAt, snapshot: orders.snapshot })
      .from(orders)
      .where(row);
    const updatedAt = new Date(snapshot.updatedAt);
    if (known?.snapshotAt && updatedAt < known.snapshotAt) {
      return `Ignored: a snapshot of ${known.snapshotAt.toISOString()} is newer`;
    }
    const { placedAt, total, currency } = snapshot;
    await tx
      .update(orders)
      .set({ snapshot, snapshotAt: updatedAt, placedAt: new Date(placedAt), total, currency })
      .where(row);
    await replaceLines(tx, tenant, snapshot);
    owe([await requestWakeUp(tx, tenant, 'sale-boundary', tenant)]); // its units are promised: listings have fewer
    // Last, as events number themselves by the tenant's row: before the wake-up of the tenant, it met cancellations in a deadlock.
    if (known?.snapshot && changeSinceSent(sentOrderOf(known.snapshot), snapshot) !== null) {
      owe(await tellChangeAfterExport(tx, tenant, snapshot));
    }
    return null;
  });
}

async function replaceLines(tx: Transaction, tenant: string, { orderId, lines, locationId }: OrderSnapshot) {
  await tx.delete(orderLines).where(and(eq(orderLines.tenant, tenant), eq(orderLines.orderId, orderId)));
  const rows = lines.map((line) => ({
    tenant,
    orderId,
    lineId: line.lineId,
    sku: line.sku,
    quantity: String(line.quantity),
    cancelledQuantity: String(line.cancelledQuantity ?? 0),
    isGiftCard: line.kind === 'gift-card',
    locationId: line.locationId ?? locationId ?? null,
  }));
  if (rows.length > 0) await tx.insert(orderLines).values(rows);
}
