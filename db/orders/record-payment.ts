import { and, eq } from 'drizzle-orm';
import { compareMoney } from '../../domain/money.ts';
import type { Payment } from '../../domain/orders/order-snapshot.ts';
import { Problem } from '../../domain/problem.ts';
import type { Database } from '../database.ts';
import { payments } from '../schema/orders.ts';
import type { RecordedFact } from './record-fact.ts';
import { recordFact } from './record-fact.ts';

/**
 * Records money of an order, once per `paymentId`; an authorised payment may become a captured one, of another amount.
 * @throws Problem `payment-conflict` when the id is known with other words.
 */
export async function recordPayment(
  db: Database,
  tenant: string,
  orderId: string,
  payment: Payment,
): Promise<RecordedFact> {
  return recordFact(db, tenant, orderId, async (tx) => {
    const { paymentId, amount, method, state, reference = null } = payment;
    const values = { state, amount, method, reference, capturedAt: new Date(payment.capturedAt) };
    const added = await tx
      .insert(payments)
      .values({ tenant, orderId, paymentId, ...values })
      .onConflictDoNothing()
      .returning({ paymentId: payments.paymentId });
    if (added.length === 1) return null;

    const row = and(eq(payments.tenant, tenant), eq(payments.orderId, orderId), eq(payments.paymentId, paymentId));
    const [known] = await tx.select().from(payments).where(row);
    if (known!.state === 'authorised' && state === 'captured') {
      await tx.update(payments).set(values).where(row);
      return null;
    }
    const isSame = compareMoney(known!.amount, amount) === 0 && known!.method === method;
    if (!isSame) {
      throw new Problem('payment-conflict', `Payment ${paymentId} is known with another amount or method`, {
        field: 'paymentId',
        remedy: 'Give each payment of an order an id of its own',
      });
    }
    return 'Ignored: this payment is known already';
  });
}
