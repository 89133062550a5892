import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { outbox } from '../schema/notify.ts';
import { openAttention, resolveAttention } from './attention.ts';

/**
 * Tells the retailer's people when an event has failed for `afterMs` (R36), and takes it back once none has. One entry
 * for the webhook, however many events are stuck: they share the remedy.
 * @returns whether one has.
 */
export async function noteFailingWebhook(db: Database, tenant: string, afterMs: number): Promise<boolean> {
  const subject = { kind: 'event' as const, id: 'webhook', code: 'webhook-failing' };
  const [stuck] = await db
    .select({ number: outbox.number, lastError: outbox.lastError })
    .from(outbox)
    .where(
      and(
        eq(outbox.tenant, tenant),
        isNull(outbox.deliveredAt),
        sql`${outbox.firstAttemptAt} < now() - ${afterMs} * interval '1 millisecond'`,
      ),
    )
    .orderBy(asc(outbox.number))
    .limit(1);
  await db.transaction(async (tx) => {
    if (!stuck) await resolveAttention(tx, tenant, subject);
    else {
      await openAttention(tx, tenant, subject, {
        message: `Event ${stuck.number} has not reached the storefront for ${Math.round(afterMs / 3_600_000)} h: ${stuck.lastError ?? 'no answer'}`,
        remedy: 'Check the webhook’s address and that its receiver answers 2xx; delivery goes on by itself',
      });
    }
  });
  return stuck !== undefined;
}
