import { and, eq } from 'drizzle-orm';
import { Problem } from '../../domain/problem.ts';
import type { Database, Transaction } from '../database.ts';
import { fulfilments, orders } from '../schema/orders.ts';
import type { RecordedFact } from './record-fact.ts';
import { recordFact } from './record-fact.ts';

/** What left at once: the lines of one parcel or one hand-over. */
export interface NewFulfilment {
  fulfilmentId: string;
  by: 'supplier' | 'store';
  at: string;
  lines: { lineId: string; quantity: number }[];
}

/**
 * Records what has been fulfilled (R29), once per `fulfilmentId`.
 * @throws Problem `fulfilment-conflict` when the id is known with other lines; `line-unknown` when the order has no such line.
 */
export async function recordFulfilment(
  db: Database,
  tenant: string,
  orderId: string,
  fulfilment: NewFulfilment,
): Promise<RecordedFact> {
  return recordFact(db, tenant, orderId, async (tx) => {
    const { fulfilmentId, by, at, lines } = fulfilment;
    const known = await tx
      .select()
      .from(fulfilments)
      .where(
        and(
          eq(fulfilments.tenant, tenant),
          eq(fulfilments.orderId, orderId),
          eq(fulfilments.fulfilmentId, fulfilmentId),
        ),
      );
    if (known.length > 0) {
      const isSame =
        known.length === lines.length &&
        lines.every((line) =>
          known.some(({ lineId, quantity }) => lineId === line.lineId && Number(quantity) === line.quantity),
        );
      if (isSame) return 'Ignored: this fulfilment is known already';
      throw new Problem('fulfilment-conflict', `Fulfilment ${fulfilmentId} is known with other lines`, {
        field: 'fulfilmentId',
        remedy: 'Give each fulfilment of an order an id of its own',
      });
    }
    await requireLines(tx, tenant, orderId, lines);
    const rows = lines.map(({ lineId, quantity }) => ({
      tenant,
      orderId,
      fulfilmentId,
      lineId,
      quantity: String(quantity),
      fulfilledBy: by,
      at: new Date(at),
    }));
    await tx.insert(fulfilments).values(rows);
    return null;
  });
}

/** An order whose snapshot hasn't come yet may have any line. */
async function requireLines(tx: Transaction, tenant: string, orderId: string, lines: NewFulfilment['lines']) {
  const [order] = await tx
    .select({ snapshot: orders.snapshot })
    .from(orders)
    .where(and(eq(orders.tenant, tenant), eq(orders.orderId, orderId)));
  const known = order?.snapshot?.lines;
  const unknown = known ? lines.findIndex(({ lineId }) => !known.some((line) => line.lineId === lineId)) : -1;
  if (unknown === -1) return;
  throw new Problem('line-unknown', `The order has no line ${lines[unknown]!.lineId}`, {
    field: `lines[${unknown}].lineId`,
    remedy: 'Send the order with this line first',
  });
}
