import { asc, eq } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { orderStatuses } from '../schema/orders.ts';

export interface OrderStatus {
  code: string;
  name: string;
}

/** The statuses a storefront has declared: one of them may be applied after export (R28). */
export async function listOrderStatuses(db: Database, tenant: string): Promise<OrderStatus[]> {
  return db
    .select({ code: orderStatuses.code, name: orderStatuses.name })
    .from(orderStatuses)
    .where(eq(orderStatuses.tenant, tenant))
    .orderBy(asc(orderStatuses.code));
}

/** Declares the statuses anew: those left out are gone. */
export async function replaceOrderStatuses(db: Database, tenant: string, statuses: OrderStatus[]): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.delete(orderStatuses).where(eq(orderStatuses.tenant, tenant));
    if (statuses.length > 0) await tx.insert(orderStatuses).values(statuses.map((status) => ({ tenant, ...status })));
  });
}
