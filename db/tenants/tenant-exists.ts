import { eq } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { tenants } from '../schema/tenants.ts';

export async function tenantExists(db: Database, tenant: string): Promise<boolean> {
  const found = await db.select({ tenant: tenants.tenant }).from(tenants).where(eq(tenants.tenant, tenant));
  return found.length > 0;
}
