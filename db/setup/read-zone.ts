import { eq } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { tenants } from '../schema/tenants.ts';

/** The tenant's time zone: the clock of its sync window and of what people are told. */
export async function readZone(db: Database, tenant: string): Promise<string> {
  const [row] = await db.select({ timeZone: tenants.timeZone }).from(tenants).where(eq(tenants.tenant, tenant));
  return row!.timeZone;
}
