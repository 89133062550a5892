import { and, eq, inArray, or } from 'drizzle-orm';
import type { Transaction } from '../database.ts';
import type { WakeUp } from '../notify/wake-ups.ts';
import { requestWakeUp } from '../notify/wake-ups.ts';
import { refunds } from '../schema/orders.ts';
import { noSale } from './decide-refund.ts';

/** A look-again for each refund that waits for its order's sale, now that it is made, or that there will be none. */
export async function wakeRefunds(tx: Transaction, tenant: string, orderId: string): Promise<WakeUp[]> {
  const isOpen = or(inArray(refunds.state, ['waiting', 'attention', 'in-doubt']), eq(refunds.messageCode, noSale));
  const open = await tx
    .select({ refundId: refunds.refundId })
    .from(refunds)
    .where(and(eq(refunds.tenant, tenant), eq(refunds.orderId, orderId), eq(refunds.inSale, false), isOpen));
  const wakeUps: WakeUp[] = [];
  for (const { refundId } of open) {
    wakeUps.push(await requestWakeUp(tx, tenant, 'order-refund', `${orderId}/${refundId}`));
  }
  return wakeUps;
}
