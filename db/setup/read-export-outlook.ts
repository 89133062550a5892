import { and, count, eq, sql } from 'drizzle-orm';
import type { Transaction } from '../database.ts';
import { orderExports, orders } from '../schema/orders.ts';
import { setups } from '../schema/setup.ts';
import { tenants } from '../schema/tenants.ts';

/** What the answer to a change of the order export tells: how many orders it concerns, and from when on. */
export interface ExportOutlook {
  zone: string;
  /** Null: from the completion of the setup. */
  exportFrom: Date | null;
  waiting: number;
  /** Of the waiting, those that the start leaves out. */
  placedBefore: number;
}

/** Looks at the orders that wait for their export, as the setup stands within this transaction. */
export async function readExportOutlook(tx: Transaction, tenant: string): Promise<ExportOutlook> {
  const isBefore = sql`${orders.placedAt} < ${setups.exportFrom} and not ${orderExports.byHand}`;
  const [row] = await tx
    .select({
      zone: tenants.timeZone,
      exportFrom: setups.exportFrom,
      waiting: count(orderExports.orderId),
      placedBefore: sql<number>`(count(${orderExports.orderId}) filter (where ${isBefore}))::int`,
    })
    .from(tenants)
    .innerJoin(setups, eq(setups.tenant, tenants.tenant))
    .leftJoin(orderExports, and(eq(orderExports.tenant, tenants.tenant), eq(orderExports.state, 'waiting')))
    .leftJoin(orders, and(eq(orders.tenant, orderExports.tenant), eq(orders.orderId, orderExports.orderId)))
    .where(eq(tenants.tenant, tenant))
    .groupBy(tenants.tenant, setups.tenant);
  return row!;
}
