import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { outbox } from '../schema/notify.ts';
import type { ClaimedEvent } from './claim-events.ts';

type Outcome = { kind: 'delivered' } | { kind: 'failed'; reason: string; retryInMs: number };

/** Records how an attempt ended. False when the event has been claimed anew since: that attempt will tell. */
export async function finishAttempt(db: Database, event: ClaimedEvent, outcome: Outcome): Promise<boolean> {
  const change =
    outcome.kind === 'delivered'
      ? { deliveredAt: sql`now()`, lastError: null }
      : {
          lastError: outcome.reason,
          nextAttemptAt: sql`now() + ${outcome.retryInMs} * interval '1 millisecond'`,
        };
  const held = and(
    eq(outbox.tenant, event.tenant),
    eq(outbox.number, event.number),
    eq(outbox.attempts, event.attempts),
    isNull(outbox.deliveredAt),
  );
  return (await db.update(outbox).set(change).where(held).returning({ number: outbox.number })).length === 1;
}
