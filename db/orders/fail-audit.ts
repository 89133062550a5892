import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { orderAudits } from '../schema/orders.ts';

/** Records why an audit ended before it had compared; the next one goes back as far as this one would have. */
export async function failAudit(db: Database, tenant: string, auditId: string, errorCode: string): Promise<void> {
  await db
    .update(orderAudits)
    .set({ state: 'failed', errorCode, endedAt: sql`now()` })
    .where(and(eq(orderAudits.id, auditId), eq(orderAudits.tenant, tenant), eq(orderAudits.state, 'running')));
}
