import { and, eq, isNotNull } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { orderAudits } from '../schema/orders.ts';

/** Whether an audit has told its result: what has changed since, it has not seen. */
export async function hasAuditEnded(db: Database, tenant: string, auditId: string): Promise<boolean> {
  const ended = and(eq(orderAudits.id, auditId), eq(orderAudits.tenant, tenant), isNotNull(orderAudits.endedAt));
  return (await db.$count(orderAudits, ended)) === 1;
}
