import { eq } from 'drizzle-orm';
import type { Transaction } from '../database.ts';
import { tenants } from '../schema/tenants.ts';

/**
 * The tenant's time zone, which stays what it is until the transaction ends: sale dates that are days are read in it.
 * A key-share lock holds off whoever changes the zone, not those who take feed versions.
 */
export async function lockZone(tx: Transaction, tenant: string): Promise<string> {
  const [row] = await tx
    .select({ timeZone: tenants.timeZone })
    .from(tenants)
    .where(eq(tenants.tenant, tenant))
    .for('key share');
  return row!.timeZone;
}
