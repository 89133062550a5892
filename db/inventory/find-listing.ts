import { and, eq, getTableColumns } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { catalogItems, listings, mappings } from '../schema/inventory.ts';

const { tenant: _, ...columns } = getTableColumns(listings);

/** One item's listing and mapping; either may be null. Null for a SKU that was never in the catalogue. */
export async function findListing(db: Database, tenant: string, sku: string) {
  const [listing] = await db
    .select(columns)
    .from(listings)
    .where(and(eq(listings.tenant, tenant), eq(listings.sku, sku)));
  const [mapping] = await db
    .select({ state: mappings.state, matchedBy: mappings.matchedBy, reason: mappings.reason })
    .from(mappings)
    .where(and(eq(mappings.tenant, tenant), eq(mappings.sku, sku)));
  if (!listing && !mapping && !(await isInCatalog(db, tenant, sku))) return null;
  return { listing: listing ?? null, mapping: mapping ?? null };
}

async function isInCatalog(db: Database, tenant: string, sku: string): Promise<boolean> {
  return (await db.$count(catalogItems, and(eq(catalogItems.tenant, tenant), eq(catalogItems.sku, sku)))) > 0;
}
