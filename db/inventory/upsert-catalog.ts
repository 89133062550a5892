import { sql } from 'drizzle-orm';
import { normaliseBrand } from '../../domain/inventory/brand.ts';
import { normaliseGtin } from '../../domain/inventory/gtin.ts';
import { normaliseMpn } from '../../domain/inventory/mpn.ts';
import type { Database } from '../database.ts';
import type { WakeUp } from '../notify/wake-ups.ts';
import { requestWakeUp } from '../notify/wake-ups.ts';
import { lockZone } from './lock-zone.ts';
import type { SaleDates } from './sale-columns.ts';
import { saleColumns } from './sale-columns.ts';
import { touch } from './touch.ts';

/** What the storefront says of an item. `sale` left out: its dates stay as they are. */
export interface CatalogItemInput {
  sku: string;
  description: string;
  brand: string | null;
  category: string | null;
  gtin1: string | null;
  gtin2: string | null;
  mpn: string | null;
  sale: SaleDates | null;
}

/**
 * Writes catalogue items with the keys that matching compares, each SKU once, in one statement that touches only what
 * differs. Rows are locked in the order of SKUs, so that pushes at work together can't lock each other out.
 * @throws Problem `invalid` for a sale that ends before it begins.
 */
export async function upsertCatalog(
  db: Database,
  tenant: string,
  items: CatalogItemInput[],
): Promise<{ changed: number; owed: WakeUp[] }> {
  return db.transaction(async (tx) => {
    const zone = await lockZone(tx, tenant);
    const rows = JSON.stringify(items.map((item, index) => toRow(item, zone, `items[${index}]`)));
    await tx.execute(sql`
      select from catalog_items where tenant = ${tenant}
        and sku in (select value ->> 'sku' from jsonb_array_elements(${rows}::jsonb))
      order by sku for update`);
    const written = await tx.execute<{ sku: string }>(sql`
      insert into catalog_items as stored (tenant, sku, description, brand, category, gtin1, gtin2, mpn, gtin1_key,
        gtin2_key, gtin1_raw, gtin2_raw, mpn_key, brand_key, sale_start, sale_end, sale_starts_at, sale_ends_at)
      select ${tenant}, row.sku, row.description, row.brand, row.category, row.gtin1, row.gtin2, row.mpn,
        "gtin1Key", "gtin2Key", "gtin1Raw", "gtin2Raw", "mpnKey", "brandKey",
        case when "hasSale" then "saleStart" else old.sale_start end,
        case when "hasSale" then "saleEnd" else old.sale_end end,
        case when "hasSale" then "saleStartsAt" else old.sale_starts_at end,
        case when "hasSale" then "saleEndsAt" else old.sale_ends_at end
      from jsonb_to_recordset(${rows}::jsonb) as row(
        sku text, description text, brand text, category text, gtin1 text, gtin2 text, mpn text, "gtin1Key" text,
        "gtin2Key" text, "gtin1Raw" text, "gtin2Raw" text, "mpnKey" text, "brandKey" text, "hasSale" boolean,
        "saleStart" text, "saleEnd" text, "saleStartsAt" timestamptz, "saleEndsAt" timestamptz)
      left join catalog_items old on old.tenant = ${tenant} and old.sku = row.sku
      order by row.sku
      on conflict (tenant, sku) do update set
        description = excluded.description, brand = excluded.brand, category = excluded.category,
        gtin1 = excluded.gtin1, gtin2 = excluded.gtin2, mpn = excluded.mpn, gtin1_key = excluded.gtin1_key,
        gtin2_key = excluded.gtin2_key, gtin1_raw = excluded.gtin1_raw, gtin2_raw = excluded.gtin2_raw,
        mpn_key = excluded.mpn_key, brand_key = excluded.brand_key, sale_start = excluded.sale_start,
        sale_end = excluded.sale_end, sale_starts_at = excluded.sale_starts_at, sale_ends_at = excluded.sale_ends_at,
        updated_at = now()
      where (stored.description, stored.brand, stored.category, stored.gtin1, stored.gtin2, stored.mpn,
          stored.sale_start, stored.sale_end, stored.sale_starts_at, stored.sale_ends_at)
        is distinct from (excluded.description, excluded.brand, excluded.category, excluded.gtin1, excluded.gtin2,
          excluded.mpn, excluded.sale_start, excluded.sale_end, excluded.sale_starts_at, excluded.sale_ends_at)
      returning sku`);
    const changed = written.length;
    await touch(
      tx,
      tenant,
      'sku',
      written.map(({ sku }) => sku),
    );
    return { changed, owed: changed === 0 ? [] : [await requestWakeUp(tx, tenant, 'sale-boundary', tenant)] };
  });
}

function toRow({ sale, ...item }: CatalogItemInput, zone: string, field: string) {
  const gtin1 = normaliseGtin(item.gtin1);
  const gtin2 = normaliseGtin(item.gtin2);
  return {
    ...item,
    gtin1Key: gtin1.gtin14,
    gtin2Key: gtin2.gtin14,
    gtin1Raw: gtin1.identical,
    gtin2Raw: gtin2.identical,
    mpnKey: normaliseMpn(item.mpn),
    brandKey: normaliseBrand(item.brand),
    hasSale: sale !== null,
    ...(sale === null ? {} : saleColumns(sale, zone, `${field}.saleEnd`)),
  };
}
