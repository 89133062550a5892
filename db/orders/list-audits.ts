import { desc, eq } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { orderAudits } from '../schema/orders.ts';

export type OrderAudit = typeof orderAudits.$inferSelect;

/** A tenant's audits, newest first. */
export async function listAudits(db: Database, tenant: string, limit: number): Promise<OrderAudit[]> {
  return db
    .select()
    .from(orderAudits)
    .where(eq(orderAudits.tenant, tenant))
    .orderBy(desc(orderAudits.startedAt))
    .limit(limit);
}
