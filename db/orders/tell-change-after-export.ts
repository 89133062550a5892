import { and, eq } from 'drizzle-orm';
import type { OrderSnapshot } from '../../domain/orders/order-snapshot.ts';
import { changeSinceSent } from '../../domain/orders/sent-order.ts';
import type { Transaction } from '../database.ts';
import { resolveAttention } from '../notify/attention.ts';
import type { WakeUp } from '../notify/wake-ups.ts';
import { orderExports } from '../schema/orders.ts';
import { openOrderAttention } from './open-order-attention.ts';

const code = 'changed-after-export';

/**
 * Holds an exported order against what its sale was sent with: a sale that has been made stands, and a person is told
 * how the order differs from it, or no longer that it does (R24, R36).
 */
export async function tellChangeAfterExport(
  tx: Transaction,
  tenant: string,
  order: Pick<OrderSnapshot, 'orderId' | 'total' | 'lines' | 'currency'>,
): Promise<WakeUp[]> {
  const { orderId } = order;
  const { state, ticketNumber, sentOrder } = orderExports;
  const [ledger] = await tx
    .select({ state, ticketNumber, sentOrder })
    .from(orderExports)
    .where(and(eq(orderExports.tenant, tenant), eq(orderExports.orderId, orderId)));
  if (ledger?.state !== 'exported' || !ledger.sentOrder) return [];
  const change = changeSinceSent(ledger.sentOrder, order);
  if (change === null) {
    await resolveAttention(tx, tenant, { kind: 'order', id: orderId, code });
    return [];
  }
  const message = `The order was changed after its sale was sent as ticket ${ledger.ticketNumber}: ${change}`;
  const remedy = 'Correct the sale in the till, then resolve the order as its ticket';
  return openOrderAttention(tx, tenant, orderId, { code, message, remedy });
}
