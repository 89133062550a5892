import { sql } from 'drizzle-orm';
import type { Transaction } from '../database.ts';
import { touchSelected } from '../inventory/touch.ts';

/** Says that what the order's lines reserve may have changed: their listings are decided again. */
export async function touchOrder(tx: Transaction, tenant: string, orderId: string): Promise<void> {
  const skus = sql`select distinct sku from order_lines where tenant = ${tenant} and order_id = ${orderId}`;
  await touchSelected(tx, tenant, 'sku', skus);
}
