import { and, eq } from 'drizzle-orm';
import { Problem } from '../../domain/problem.ts';
import type { Database } from '../database.ts';
import { orders } from '../schema/orders.ts';

/** @throws Problem `order-unknown` when nobody has told of the order. */
export async function requireOrder(db: Database, tenant: string, orderId: string): Promise<void> {
  const rows = await db
    .select({ orderId: orders.orderId })
    .from(orders)
    .where(and(eq(orders.tenant, tenant), eq(orders.orderId, orderId)));
  if (rows.length === 0) throw orderUnknown();
}

export function orderUnknown(): Problem {
  return new Problem('order-unknown', 'There is no such order', { field: 'order' });
}
