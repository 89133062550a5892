import { and, eq, notInArray, sql } from 'drizzle-orm';
import { Problem } from '../../domain/problem.ts';
import type { Database } from '../database.ts';
import { locations } from '../schema/inventory.ts';
import { storeMappings } from '../schema/setup.ts';

export interface Location {
  locationId: string;
  name: string;
}

/** Declares the storefront's locations anew. @throws Problem `location-mapped` if one left out feeds from a shop. */
export async function replaceLocations(db: Database, tenant: string, declared: Location[]): Promise<void> {
  const ids = declared.map(({ locationId }) => locationId);
  await db.transaction(async (tx) => {
    const [mapped] = await tx
      .select({ locationId: storeMappings.locationId, shopName: storeMappings.shopName })
      .from(storeMappings)
      .where(and(eq(storeMappings.tenant, tenant), notInArray(storeMappings.locationId, ids)))
      .orderBy(storeMappings.locationId)
      .limit(1);
    if (mapped) {
      const { locationId, shopName } = mapped;
      throw new Problem('location-mapped', `Location ${locationId} is left out, but the shop ${shopName} feeds it`, {
        field: 'locations',
        remedy: 'Map that shop to another location in the setup first, or send the location along',
      });
    }
    await tx.delete(locations).where(and(eq(locations.tenant, tenant), notInArray(locations.locationId, ids)));
    if (declared.length === 0) return;
    await tx
      .insert(locations)
      .values(declared.map((location) => ({ tenant, ...location })))
      .onConflictDoUpdate({ target: [locations.tenant, locations.locationId], set: { name: sql`excluded.name` } });
  });
}
