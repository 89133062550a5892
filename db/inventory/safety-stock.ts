import { and, asc, eq, gt, inArray, ne, sql } from 'drizzle-orm';
import { Problem } from '../../domain/problem.ts';
import type { Database } from '../database.ts';
import type { WakeUp } from '../notify/wake-ups.ts';
import { requestWakeUp } from '../notify/wake-ups.ts';
import { catalogItems, locations, safetyStock } from '../schema/inventory.ts';
import { touch, touchEverything } from './touch.ts';

/** Units kept at every location, and at some otherwise. */
export interface PlacedSafetyStock {
  units: number;
  locations: { locationId: string; units: number }[];
}

/**
 * Replaces what is kept at every location and at single ones.
 * @throws Problem `unknown-location`.
 */
export async function writePlacedSafetyStock(
  db: Database,
  tenant: string,
  { units, locations: placed }: PlacedSafetyStock,
): Promise<WakeUp[]> {
  return db.transaction(async (tx) => {
    const known = await tx.select({ id: locations.locationId }).from(locations).where(eq(locations.tenant, tenant));
    const at = placed.findIndex(({ locationId }) => !known.some(({ id }) => id === locationId));
    if (at !== -1) {
      throw new Problem('unknown-location', `There is no location ${placed[at]!.locationId}`, {
        field: `locations[${at}].locationId`,
        remedy: 'Choose one that the storefront has declared',
      });
    }
    await tx.delete(safetyStock).where(and(eq(safetyStock.tenant, tenant), ne(safetyStock.level, 'sku')));
    await tx
      .insert(safetyStock)
      .values([
        { tenant, level: 'tenant' as const, key: '', units },
        ...placed.map((one) => ({ tenant, level: 'location' as const, key: one.locationId, units: one.units })),
      ]);
    await touchEverything(tx, tenant, 'settings');
    return [await requestWakeUp(tx, tenant, 'sale-boundary', tenant)];
  });
}

/**
 * Sets what is kept of single SKUs at each location; null: what holds for the location.
 * @throws Problem `unknown-sku`.
 */
export async function writeSkuSafetyStock(
  db: Database,
  tenant: string,
  items: { sku: string; units: number | null }[],
): Promise<WakeUp[]> {
  const skus = items.map(({ sku }) => sku);
  return db.transaction(async (tx) => {
    const known = await tx
      .select({ sku: catalogItems.sku })
      .from(catalogItems)
      .where(and(eq(catalogItems.tenant, tenant), inArray(catalogItems.sku, skus)));
    const at = skus.findIndex((sku) => !known.some((item) => item.sku === sku));
    if (at !== -1) {
      throw new Problem('unknown-sku', `There is no catalogue item ${skus[at]}`, {
        field: `items[${at}].sku`,
        remedy: 'Push it first',
      });
    }
    const ofSkus = and(eq(safetyStock.tenant, tenant), eq(safetyStock.level, 'sku'), inArray(safetyStock.key, skus));
    await tx.delete(safetyStock).where(ofSkus);
    const rows = items.flatMap(({ sku, units }) =>
      units === null ? [] : [{ tenant, level: 'sku' as const, key: sku, units }],
    );
    if (rows.length > 0) await tx.insert(safetyStock).values(rows);
    await touch(tx, tenant, 'sku', skus);
    return [await requestWakeUp(tx, tenant, 'sale-boundary', tenant)];
  });
}

/** What is kept, and the SKUs that have a number of their own, from the one after `after`. */
export async function readSafetyStock(
  db: Database,
  tenant: string,
  { after, limit }: { after: string; limit: number },
) {
  const { level, key, units } = safetyStock;
  const ofTenant = eq(safetyStock.tenant, tenant);
  const placed = await db
    .select({ level, key, units })
    .from(safetyStock)
    .where(and(ofTenant, ne(level, 'sku')))
    .orderBy(asc(key));
  const items = await db
    .select({ sku: sql<string>`${key}`, units })
    .from(safetyStock)
    .where(and(ofTenant, eq(level, 'sku'), gt(key, after)))
    .orderBy(asc(key))
    .limit(limit);
  return {
    units: placed.find((row) => row.level === 'tenant')?.units ?? 0,
    locations: placed.flatMap((row) => (row.level === 'location' ? [{ locationId: row.key, units: row.units }] : [])),
    items,
  };
}
