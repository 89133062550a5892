import { and, asc, eq, gt } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { catalogItems } from '../schema/inventory.ts';
import { catalogSearch } from './catalog-search.ts';

/** The storefront's catalogue in the order of SKUs, from the one after `after`. */
export async function listCatalog(
  db: Database,
  tenant: string,
  wanted: { q: string | undefined; after: string; limit: number },
) {
  const { q, after, limit } = wanted;
  return db
    .select({
      sku: catalogItems.sku,
      description: catalogItems.description,
      brand: catalogItems.brand,
      category: catalogItems.category,
      gtin1: catalogItems.gtin1,
      gtin2: catalogItems.gtin2,
      mpn: catalogItems.mpn,
      saleStart: catalogItems.saleStart,
      saleEnd: catalogItems.saleEnd,
      updatedAt: catalogItems.updatedAt,
    })
    .from(catalogItems)
    .where(
      and(eq(catalogItems.tenant, tenant), gt(catalogItems.sku, after), q === undefined ? undefined : catalogSearch(q)),
    )
    .orderBy(asc(catalogItems.sku))
    .limit(limit);
}
