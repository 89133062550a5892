import { and, eq, lt, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../database.ts';
import { wakeUps } from '../schema/notify.ts';

export type WakeUpKind = (typeof wakeUps.$inferSelect)['kind'];

/** A signal owed to a workflow. `requests` tells this request from a later one. */
export interface WakeUp {
  tenant: string;
  kind: WakeUpKind;
  subject: string;
  requests: number;
}

/**
 * Owes a signal, in the transaction of the fact it is about. Signal after the commit, then `clearWakeUp`; what a crash
 * leaves here the sweep signals.
 * @param subject what the workflow's id ends with: an order's id, or the tenant again.
 */
export async function requestWakeUp(
  tx: Transaction,
  tenant: string,
  kind: WakeUpKind,
  subject: string,
): Promise<WakeUp> {
  const [row] = await tx
    .insert(wakeUps)
    .values({ tenant, kind, subject })
    .onConflictDoUpdate({
      target: [wakeUps.tenant, wakeUps.kind, wakeUps.subject],
      set: { requests: sql`${wakeUps.requests} + 1`, requestedAt: sql`now()` },
    })
    .returning({ requests: wakeUps.requests });
  return { tenant, kind, subject, requests: row!.requests };
}

/** Wake-ups still owed after `ageMs`, oldest first, at most `limit`. */
export async function listOverdueWakeUps(db: Database, ageMs: number, limit: number): Promise<WakeUp[]> {
  return db
    .select({ tenant: wakeUps.tenant, kind: wakeUps.kind, subject: wakeUps.subject, requests: wakeUps.requests })
    .from(wakeUps)
    .where(lt(wakeUps.requestedAt, sql`now() - ${ageMs} * interval '1 millisecond'`))
    .orderBy(wakeUps.requestedAt)
    .limit(limit);
}

/** Forgets a wake-up once its workflow has been signalled, unless it was requested again since. */
export async function clearWakeUp(db: Database, wakeUp: WakeUp): Promise<void> {
  await db
    .delete(wakeUps)
    .where(
      and(
        eq(wakeUps.tenant, wakeUp.tenant),
        eq(wakeUps.kind, wakeUp.kind),
        eq(wakeUps.subject, wakeUp.subject),
        eq(wakeUps.requests, wakeUp.requests),
      ),
    );
}
