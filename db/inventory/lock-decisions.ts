import { sql } from 'drizzle-orm';
import type { Transaction } from '../database.ts';

/** Whoever decides a tenant's listings, or must not be seen half way by who does, waits for the others until the commit. */
export async function lockDecisions(tx: Transaction, tenant: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('decide-listings'), hashtext(${tenant}))`);
}
