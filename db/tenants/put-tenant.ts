import { eq } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { tenants } from '../schema/tenants.ts';

export interface TenantFacts {
  name: string;
  timeZone: string;
  currency: string;
}

/** Makes a tenant, or changes what is said about it. Safe to repeat. */
export async function putTenant(db: Database, tenant: string, facts: TenantFacts) {
  return db.transaction(async (tx) => {
    const [made] = await tx
      .insert(tenants)
      .values({ tenant, ...facts })
      .onConflictDoNothing()
      .returning();
    if (made) return { isNew: true, row: made };
    const [row] = await tx.update(tenants).set(facts).where(eq(tenants.tenant, tenant)).returning();
    return { isNew: false, row: row! };
  });
}
