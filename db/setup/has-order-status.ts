import { and, eq } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { orderStatuses } from '../schema/orders.ts';

/** Whether the storefront has declared this status (R28). */
export async function hasOrderStatus(db: Database, tenant: string, code: string): Promise<boolean> {
  const rows = await db
    .select({ code: orderStatuses.code })
    .from(orderStatuses)
    .where(and(eq(orderStatuses.tenant, tenant), eq(orderStatuses.code, code)));
  return rows.length > 0;
}
