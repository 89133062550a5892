import { asc, eq } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { locations } from '../schema/inventory.ts';
import type { Location } from './replace-locations.ts';

/** The storefront's declared locations, by id. */
export async function listLocations(db: Database, tenant: string): Promise<Location[]> {
  return db
    .select({ locationId: locations.locationId, name: locations.name })
    .from(locations)
    .where(eq(locations.tenant, tenant))
    .orderBy(asc(locations.locationId));
}
