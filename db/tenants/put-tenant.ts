import { eq } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { tenants } from '../schema/tenants.ts';
import { retimeSales } from './retime-sales.ts';

export interface TenantFacts {
  name: string;
  timeZone: string;
  currency: string;
}

/** Makes a tenant, or changes what is said about it, its sale dates along with its zone. Safe to repeat. */
export async function putTenant(db: Database, tenant: string, facts: TenantFacts) {
  return db.transaction(async (tx) => {
    const [made] = await tx
      .insert(tenants)
      .values({ tenant, ...facts })
      .onConflictDoNothing()
      .returning();
    if (made) return { isNew: true, row: made, owed: [] };
    const isTenant = eq(tenants.tenant, tenant);
    const [before] = await tx.select({ timeZone: tenants.timeZone }).from(tenants).where(isTenant).for('update');
    const [row] = await tx.update(tenants).set(facts).where(isTenant).returning();
    const owed = before?.timeZone === facts.timeZone ? [] : await retimeSales(tx, tenant, facts.timeZone);
    return { isNew: false, row: row!, owed };
  });
}
