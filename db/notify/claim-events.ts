import { and, eq, getTableColumns, isNull, lte, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { outbox } from '../schema/notify.ts';

export type ClaimedEvent = typeof outbox.$inferSelect;

/**
 * Claims what is due, at most `limit`: of each subject its oldest undelivered event only, so that a failing one holds up
 * its own subject and no other. A claim raises `attempts`, which is its fence, and lasts `leaseMs`; then the event is due
 * again, should the claimer be gone.
 */
export async function claimEvents(
  db: Database,
  tenant: string,
  { limit, leaseMs }: { limit: number; leaseMs: number },
): Promise<ClaimedEvent[]> {
  const oldest = db
    .selectDistinctOn([outbox.subject], { number: outbox.number, nextAttemptAt: outbox.nextAttemptAt })
    .from(outbox)
    .where(and(eq(outbox.tenant, tenant), isNull(outbox.deliveredAt)))
    .orderBy(outbox.subject, outbox.number)
    .as('oldest');
  const due = db
    .select({ number: oldest.number })
    .from(oldest)
    .where(lte(oldest.nextAttemptAt, sql`now()`))
    .orderBy(oldest.number)
    .limit(limit)
    .as('due');
  return db
    .update(outbox)
    .set({
      attempts: sql`${outbox.attempts} + 1`,
      firstAttemptAt: sql`coalesce(${outbox.firstAttemptAt}, now())`,
      nextAttemptAt: sql`now() + ${leaseMs} * interval '1 millisecond'`,
    })
    .from(due)
    .where(
      and(
        eq(outbox.tenant, tenant),
        eq(outbox.number, due.number),
        isNull(outbox.deliveredAt),
        // Again, on the row as it is once its lock is ours: another claimer may have been quicker.
        lte(outbox.nextAttemptAt, sql`now()`),
      ),
    )
    .returning(getTableColumns(outbox));
}
