import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '../database.ts';
import { attention } from '../schema/notify.ts';

/** Closes what is open about any of the tenant's connections: a new one has taken their place. */
export async function closeConnectionAttention(tx: Transaction, tenant: string): Promise<void> {
  await tx
    .update(attention)
    .set({ resolvedAt: sql`now()` })
    .where(and(eq(attention.tenant, tenant), eq(attention.subjectKind, 'connection'), isNull(attention.resolvedAt)));
}
