import { and, eq, sql } from 'drizzle-orm';
import { orderMessage } from '../../domain/orders/order-message.ts';
import type { Database, Transaction } from '../database.ts';
import type { WakeUp } from '../notify/wake-ups.ts';
import { requestWakeUp } from '../notify/wake-ups.ts';
import { orderExports, orders } from '../schema/orders.ts';
import type { Assessment } from './assess-order.ts';
import { assessOrder } from './assess-order.ts';
import { lockExport } from './lock-export.ts';
import { touchOrder } from './touch-order.ts';

export interface RecordedFact {
  order: Pick<Assessment, 'state' | 'messageCode' | 'message' | 'nextTryAt'>;
  /** Why the fact changed nothing; null if it did. */
  ignored: string | null;
  /** Owed to the order's workflow and the tenant's events: signal them after the commit. */
  wakeUps: WakeUp[];
}

/**
 * Commits what the storefront says about an order, with the signal owed for it and the words that follow from it. Facts
 * of one order are taken one after the other; the first makes the order, before its snapshot if need be.
 * @param write the fact itself; gives back why it changes nothing, or null. Signals of its own it hands to `owe`.
 */
export async function recordFact(
  db: Database,
  tenant: string,
  orderId: string,
  write: (tx: Transaction, owe: (wakeUps: WakeUp[]) => void) => Promise<string | null>,
): Promise<RecordedFact> {
  return db.transaction(async (tx) => {
    await tx.insert(orders).values({ tenant, orderId }).onConflictDoNothing();
    const situation = { kind: 'waiting-for-snapshot' } as const;
    const message = orderMessage(situation, 'UTC');
    await tx
      .insert(orderExports)
      .values({ tenant, orderId, state: 'waiting', messageCode: situation.kind, message })
      .onConflictDoNothing();
    await lockExport(tx, tenant, orderId);
    await touchOrder(tx, tenant, orderId); // as it was: a snapshot may leave lines out

    const owed: WakeUp[] = [];
    const ignored = await write(tx, (wakeUps) => owed.push(...wakeUps));
    await touchOrder(tx, tenant, orderId);
    await tx
      .update(orders)
      .set({ changedAt: sql`now()` })
      .where(and(eq(orders.tenant, tenant), eq(orders.orderId, orderId)));
    const wakeUp = await requestWakeUp(tx, tenant, 'order-export', orderId);
    const assessed = (await assessOrder(tx, tenant, orderId, { by: 'fact' }))!;
    const { state, messageCode, message: words, nextTryAt } = assessed;
    return {
      order: { state, messageCode, message: words, nextTryAt },
      ignored,
      wakeUps: [wakeUp, ...owed, ...assessed.wakeUps],
    };
  });
}
