import { and, eq, notExists, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { orderHistory } from '../schema/orders.ts';

/** Adds a line to an order's history, once: a step that is repeated says the same again. */
export async function noteOrder(
  db: Database,
  { tenant, orderId }: { tenant: string; orderId: string },
  { code, message }: { code: string; message: string },
): Promise<void> {
  const known = db
    .select({ one: sql`1` })
    .from(orderHistory)
    .where(
      and(
        eq(orderHistory.tenant, tenant),
        eq(orderHistory.orderId, orderId),
        eq(orderHistory.code, code),
        eq(orderHistory.message, message),
      ),
    );
  await db.execute(sql`
    insert into ${orderHistory} (tenant, order_id, code, message)
    select ${tenant}, ${orderId}, ${code}, ${message} where ${notExists(known)}`);
}
