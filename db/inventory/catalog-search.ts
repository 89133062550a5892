import type { SQL } from 'drizzle-orm';
import { eq, ilike, or } from 'drizzle-orm';
import { normaliseGtin } from '../../domain/inventory/gtin.ts';
import { normaliseMpn } from '../../domain/inventory/mpn.ts';
import { catalogItems } from '../schema/inventory.ts';

/** Catalogue items that `q` may mean: part of a SKU, description or brand, a GTIN in any spelling, an MPN (R21). */
export function catalogSearch(q: string): SQL {
  const part = `%${q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const { gtin14, identical } = normaliseGtin(q);
  const mpnKey = normaliseMpn(q);
  return or(
    ilike(catalogItems.sku, part),
    ilike(catalogItems.description, part),
    ilike(catalogItems.brand, part),
    ...(gtin14 === null ? [] : [eq(catalogItems.gtin1Key, gtin14), eq(catalogItems.gtin2Key, gtin14)]),
    ...(identical === null ? [] : [eq(catalogItems.gtin1Raw, identical), eq(catalogItems.gtin2Raw, identical)]),
    ...(mpnKey === null ? [] : [eq(catalogItems.mpnKey, mpnKey)]),
  )!;
}
