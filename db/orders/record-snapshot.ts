import { and, eq } from 'drizzle-orm';
import { compareMoney, formatMoney } from '../../domain/money.ts';
import type { OrderSnapshot } from '../../domain/orders/order-snapshot.ts';
import type { Database, Transaction } from '../database.ts';
import type { WakeUp } from '../notify/wake-ups.ts';
import { requestWakeUp } from '../notify/wake-ups.ts';
import { orderExports, orderLines, orders } from '../schema/orders.ts';
import { openOrderAttention } from './open-order-attention.ts';
import type { RecordedFact } from './record-fact.ts';
import { recordFact } from './record-fact.ts';

/** Takes an order as the storefront describes it now. A snapshot older than the one at hand is ignored, and says so. */
export async function recordSnapshot(db: Database, tenant: string, snapshot: OrderSnapshot): Promise<RecordedFact> {
  const { orderId } = snapshot;
  return recordFact(db, tenant, orderId, async (tx, owe) => {
    const row = and(eq(orders.tenant, tenant), eq(orders.orderId, orderId));
    const [known] = await tx.select({ snapshotAt: orders.snapshotAt, total: orders.total }).from(orders).where(row);
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
    if (known?.total && compareMoney(known.total, total) !== 0) {
      owe(await tellChange(tx, tenant, snapshot, known.total));
    }
    return null;
  });
}

/** A sale that has been made stands: a person is told what the order came to, and comes to now. */
async function tellChange(
  tx: Transaction,
  tenant: string,
  { orderId, total, currency }: OrderSnapshot,
  before: string,
): Promise<WakeUp[]> {
  const [ledger] = await tx
    .select({ state: orderExports.state, ticketNumber: orderExports.ticketNumber })
    .from(orderExports)
    .where(and(eq(orderExports.tenant, tenant), eq(orderExports.orderId, orderId)));
  if (ledger?.state !== 'exported') return [];
  const from = formatMoney(before, currency);
  const message = `The order was changed after its export as ticket ${ledger.ticketNumber}: from ${from} to ${formatMoney(total, currency)}`;
  const remedy = 'Correct the sale in the till, then resolve the order as its ticket';
  return openOrderAttention(tx, tenant, orderId, { code: 'changed-after-export', message, remedy });
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
