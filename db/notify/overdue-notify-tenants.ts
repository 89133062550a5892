import { eq, isNull, lt, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { outbox, webhooks } from '../schema/notify.ts';

/** Tenants with a webhook and an event that should have been tried `ageMs` ago: nobody seems to be delivering. */
export async function overdueNotifyTenants(db: Database, ageMs: number): Promise<string[]> {
  const oldest = db
    .selectDistinctOn([outbox.tenant, outbox.subject], { tenant: outbox.tenant, nextAttemptAt: outbox.nextAttemptAt })
    .from(outbox)
    .innerJoin(webhooks, eq(webhooks.tenant, outbox.tenant))
    .where(isNull(outbox.deliveredAt))
    .orderBy(outbox.tenant, outbox.subject, outbox.number)
    .as('oldest');
  const rows = await db
    .selectDistinct({ tenant: oldest.tenant })
    .from(oldest)
    .where(lt(oldest.nextAttemptAt, sql`now() - ${ageMs} * interval '1 millisecond'`));
  return rows.map((row) => row.tenant);
}
