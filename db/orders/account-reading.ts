import { and, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import type { AccountFacts } from '../../domain/orders/account-facts.ts';
import type { Database } from '../database.ts';
import { orderExports, tillFacts } from '../schema/orders.ts';

/** The right to read an account's lists, until the lease ends. */
export interface AccountReading {
  tenant: string;
  fence: number;
  /** For so long a tax category that was sent before may still be made. */
  categoryLeftMs: number;
}

/**
 * Takes the right to read the account's lists, so that a thousand orders of a tenant read them once.
 * @returns null while another holds it.
 */
export async function claimAccountReading(
  db: Database,
  tenant: string,
  leaseMs: number,
): Promise<AccountReading | null> {
  const categoryLeftMs = sql<number>`greatest(0,
    coalesce(extract(epoch from ${tillFacts.categorySettlesAt} - clock_timestamp()) * 1000, 0))::float8`;
  const leaseUntil = sql`clock_timestamp() + ${leaseMs} * interval '1 millisecond'`;
  const [row] = await db
    .insert(tillFacts)
    .values({ tenant, fence: 1, leaseUntil })
    .onConflictDoUpdate({
      target: tillFacts.tenant,
      set: { fence: sql`${tillFacts.fence} + 1`, leaseUntil },
      setWhere: or(isNull(tillFacts.leaseUntil), lt(tillFacts.leaseUntil, sql`clock_timestamp()`))!,
    })
    .returning({ fence: tillFacts.fence, categoryLeftMs });
  return row ? { tenant, ...row } : null;
}

/**
 * Keeps the lists just read. Of another connection than before: what orders had found in the old account is forgotten.
 * @returns false when another has taken the right since.
 */
export async function storeAccountFacts(
  db: Database,
  reading: AccountReading,
  connectionId: string,
  facts: AccountFacts,
): Promise<boolean> {
  const { tenant, fence } = reading;
  return db.transaction(async (tx) => {
    const held = and(eq(tillFacts.tenant, tenant), eq(tillFacts.fence, fence));
    const [before] = await tx
      .select({ connectionId: tillFacts.connectionId })
      .from(tillFacts)
      .where(held)
      .for('update');
    if (!before) return false;
    await tx
      .update(tillFacts)
      .set({ connectionId, facts, readAt: sql`clock_timestamp()`, leaseUntil: null })
      .where(held);
    if (before.connectionId !== null && before.connectionId !== connectionId) {
      await tx
        .update(orderExports)
        .set({ customerId: null, openSaleId: null, lookUps: 0 })
        .where(and(eq(orderExports.tenant, tenant), inArray(orderExports.state, ['waiting', 'attention'])));
    }
    return true;
  });
}

/** Gives the right back unused, so that the next one need not wait for the lease to end. */
export async function releaseAccountReading(db: Database, { tenant, fence }: AccountReading): Promise<void> {
  await db
    .update(tillFacts)
    .set({ leaseUntil: null })
    .where(and(eq(tillFacts.tenant, tenant), eq(tillFacts.fence, fence)));
}
