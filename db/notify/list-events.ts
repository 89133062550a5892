import { and, asc, eq, gt } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { outbox } from '../schema/notify.ts';

/** A tenant's events after a number, in order, delivered or not. */
export async function listEvents(db: Database, tenant: string, after: number, limit: number) {
  return db
    .select({
      id: outbox.id,
      number: outbox.number,
      type: outbox.type,
      subject: outbox.subject,
      createdAt: outbox.createdAt,
      data: outbox.data,
      deliveredAt: outbox.deliveredAt,
      attempts: outbox.attempts,
      lastError: outbox.lastError,
    })
    .from(outbox)
    .where(and(eq(outbox.tenant, tenant), gt(outbox.number, after)))
    .orderBy(asc(outbox.number))
    .limit(limit);
}
