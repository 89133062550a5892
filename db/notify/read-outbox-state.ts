import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { outbox } from '../schema/notify.ts';

export interface OutboxState {
  undelivered: number;
  /** Until the first event may be tried: 0 is now, null is never, as nothing is left. */
  nextDueInMs: number | null;
}

/** What is left to deliver. Only each subject's oldest event counts for the time: the others wait for it. */
export async function readOutboxState(db: Database, tenant: string): Promise<OutboxState> {
  const waiting = and(eq(outbox.tenant, tenant), isNull(outbox.deliveredAt));
  const oldest = db
    .selectDistinctOn([outbox.subject], { nextAttemptAt: outbox.nextAttemptAt })
    .from(outbox)
    .where(waiting)
    .orderBy(outbox.subject, outbox.number)
    .as('oldest');
  const [due] = await db
    .select({
      ms: sql<number | null>`ceil(extract(epoch from min(${oldest.nextAttemptAt}) - now()) * 1000)::float8`,
    })
    .from(oldest);
  const undelivered = await db.$count(outbox, waiting);
  const ms = due?.ms ?? null;
  return { undelivered, nextDueInMs: ms === null ? null : Math.max(0, ms) };
}
