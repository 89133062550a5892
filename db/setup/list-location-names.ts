import { eq } from 'drizzle-orm';
import type { Database, Transaction } from '../database.ts';
import { locations } from '../schema/inventory.ts';

/** The storefront's locations, as declared. */
export async function listLocationNames(
  db: Database | Transaction,
  tenant: string,
): Promise<{ locationId: string; name: string }[]> {
  return db
    .select({ locationId: locations.locationId, name: locations.name })
    .from(locations)
    .where(eq(locations.tenant, tenant))
    .orderBy(locations.locationId);
}
