import { asc, eq, gt } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { tenants } from '../schema/tenants.ts';

/** Tenants by slug, from the one after `after`. For the platform's owner: the one list over all tenants. */
export async function listTenants(db: Database, after: string, limit: number) {
  return db.select().from(tenants).where(gt(tenants.tenant, after)).orderBy(asc(tenants.tenant)).limit(limit);
}

export async function findTenant(db: Database, tenant: string) {
  const [row] = await db.select().from(tenants).where(eq(tenants.tenant, tenant));
  return row ?? null;
}
