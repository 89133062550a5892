import { sql } from 'drizzle-orm';
import type { Transaction } from '../database.ts';

/**
 * Whoever decides a tenant's listings, or must not be seen half way by who does, waits for the others until the commit;
 * and so does the tenant's removal.
 * @returns whether the tenant is still there.
 */
export async function lockDecisions(tx: Transaction, tenant: string): Promise<boolean> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('decide-listings'), hashtext(${tenant}))`);
  return (await tx.execute(sql`select from tenants where tenant = ${tenant} for key share`)).length === 1;
}
