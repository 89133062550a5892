import { and, eq } from 'drizzle-orm';
import { addMoney, compareMoney } from '../../domain/money.ts';
import type { Refund } from '../../domain/orders/order-snapshot.ts';
import { Problem } from '../../domain/problem.ts';
import type { Database, Transaction } from '../database.ts';
import { requestWakeUp } from '../notify/wake-ups.ts';
import { orders, refunds } from '../schema/orders.ts';
import { assessRefund } from './assess-refund.ts';
import type { RecordedFact } from './record-fact.ts';
import { recordFact } from './record-fact.ts';
import { orderUnknown } from './require-order.ts';

/**
 * Records money given back, once per `refundId`. Before the order's sale is sent it is taken off it; after, by setting,
 * it becomes a refund sale.
 * @throws Problem `order-unknown`; `refund-conflict` when the id is known with other words; `line-unknown`;
 * `refund-too-large` when more is given back than the order has, in money or in units of a line.
 */
export async function recordRefund(
  db: Database,
  tenant: string,
  orderId: string,
  refund: Refund,
): Promise<RecordedFact> {
  return recordFact(db, tenant, orderId, async (tx, owe) => {
    const { refundId, amount, shippingAmount = '0.00', lines = [] } = refund;
    const known = await tx
      .select()
      .from(refunds)
      .where(and(eq(refunds.tenant, tenant), eq(refunds.orderId, orderId)));
    const same = known.find((each) => each.refundId === refundId);
    if (same) {
      if (compareMoney(same.amount, amount) === 0) return 'Ignored: this refund is known already';
      throw new Problem('refund-conflict', `Refund ${refundId} is known with another amount`, {
        field: 'refundId',
        remedy: 'Give each refund of an order an id of its own',
      });
    }
    await requireLeft(tx, tenant, orderId, refund, known);
    const message = 'Waiting: taken off the sale if it is not made yet, else made once it is';
    await tx.insert(refunds).values({
      tenant,
      orderId,
      refundId,
      amount,
      shippingAmount,
      at: new Date(refund.at),
      lines,
      state: 'waiting',
      messageCode: 'waiting-for-sale',
      message,
    });
    owe([await requestWakeUp(tx, tenant, 'order-refund', `${orderId}/${refundId}`)]);
    const assessed = await assessRefund(tx, { tenant, orderId, refundId }, { by: 'fact' });
    owe(assessed!.wakeUps);
    return null;
  });
}

async function requireLeft(
  tx: Transaction,
  tenant: string,
  orderId: string,
  refund: Refund,
  known: { amount: string; lines: { lineId: string; quantity: number }[] }[],
): Promise<void> {
  const [order] = await tx
    .select({ snapshot: orders.snapshot })
    .from(orders)
    .where(and(eq(orders.tenant, tenant), eq(orders.orderId, orderId)));
  if (!order?.snapshot) throw orderUnknown();
  const { total, lines } = order.snapshot;
  if (compareMoney(addMoney(refund.amount, ...known.map(({ amount }) => amount)), total) > 0) {
    throw tooLarge(`The order's refunds would come to more than its total of ${total}`, 'amount');
  }
  for (const [index, { lineId, quantity }] of (refund.lines ?? []).entries()) {
    const line = lines.find((each) => each.lineId === lineId);
    const field = `lines[${index}].lineId`;
    if (!line) throw new Problem('line-unknown', `The order has no line ${lineId}`, { field });
    const before = known.flatMap((each) => each.lines).filter((each) => each.lineId === lineId);
    const units = before.reduce((sum, each) => sum + each.quantity, quantity);
    if (units > line.quantity) throw tooLarge(`Line ${lineId} has ${line.quantity} units in all`, field);
  }
}

function tooLarge(message: string, field: string): Problem {
  return new Problem('refund-too-large', message, { field, remedy: 'Send what was given back, each refund once' });
}
