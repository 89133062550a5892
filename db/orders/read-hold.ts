import { and, eq } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { orderExports } from '../schema/orders.ts';
import { tenants } from '../schema/tenants.ts';
import type { ExportHold } from './move-export.ts';

/** The hold on an order's export as it is now: what is written with it is refused once another has claimed the export. */
export async function readHold(db: Database, tenant: string, orderId: string): Promise<ExportHold> {
  const [row] = await db
    .select({ fence: orderExports.fence, zone: tenants.timeZone })
    .from(orderExports)
    .innerJoin(tenants, eq(tenants.tenant, orderExports.tenant))
    .where(and(eq(orderExports.tenant, tenant), eq(orderExports.orderId, orderId)));
  if (!row) throw new Error(`Order ${orderId} has no row in the ledger`);
  return { tenant, orderId, ...row };
}
