import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { toPosItem } from '../../db/inventory/to-pos-item.ts';
import { touch } from '../../db/inventory/touch.ts';
import { writeItems } from '../../db/inventory/write-items.ts';
import { catalogItems, posManufacturers } from '../../db/schema/inventory.ts';
import { setups, storeMappings } from '../../db/schema/setup.ts';
import { tenants } from '../../db/schema/tenants.ts';
import { normaliseBrand } from '../../domain/inventory/brand.ts';
import { normaliseGtin } from '../../domain/inventory/gtin.ts';
import { normaliseMpn } from '../../domain/inventory/mpn.ts';
import { defaultSettings } from '../../domain/setup/default-settings.ts';
import type { ActiveOrderExportSettings, ImportSettings, PricingSettings } from '../../domain/setup/settings.ts';

/** What the storefront sells, as it spells it. */
export interface WebItem {
  sku: string;
  gtin1?: string | null;
  gtin2?: string | null;
  mpn?: string | null;
  brand?: string | null;
  saleStartsAt?: Date | null;
  saleEndsAt?: Date | null;
}

/** An item of the till, as it spells it; amounts by price level. */
export interface TillThing {
  itemId: string;
  upc?: string | null;
  ean?: string | null;
  mpn?: string | null;
  brand?: string | null;
  archived?: boolean;
  prices?: Record<string, string>;
}

export interface TenantChoices {
  importSettings?: ImportSettings;
  pricing?: PricingSettings;
  exportMode?: 'off' | 'dry-run' | 'on';
  /** Location by shop. */
  stores?: Record<string, string>;
}

/** A tenant whose setup is complete, past the wizard and without a till: what is in the tables decides. */
export async function arrangeTenant(db: Database, choices: TenantChoices = {}): Promise<string> {
  const tenant = `law-${randomUUID()}`;
  await db.insert(tenants).values({ tenant, name: tenant, timeZone: 'UTC', currency: 'USD' });
  const mode = choices.exportMode ?? 'on';
  await db.insert(setups).values({
    tenant,
    importSettings: choices.importSettings ?? { onHand: true, onOrder: false, reorder: false },
    pricing: choices.pricing ?? { enabled: true, regularPriceLevelId: '1', salePriceLevelId: null },
    orderExport: mode === 'off' ? { mode } : ({ mode, shopId: '1' } as ActiveOrderExportSettings),
    sync: defaultSettings.sync,
    completedAt: new Date(),
  });
  const stores = Object.entries(choices.stores ?? { '1': 'harbour' });
  if (stores.length > 0) {
    await db
      .insert(storeMappings)
      .values(stores.map(([shopId, locationId]) => ({ tenant, shopId, shopName: shopId, locationId })));
  }
  return tenant;
}

/** Replaces the storefront's catalogue. */
export async function stockWeb(db: Database, tenant: string, items: WebItem[]): Promise<void> {
  const rows = items.map(({ sku, gtin1 = null, gtin2 = null, mpn = null, brand = null, saleStartsAt, saleEndsAt }) => {
    const [one, two] = [normaliseGtin(gtin1), normaliseGtin(gtin2)];
    const keys = { gtin1Key: one.gtin14, gtin2Key: two.gtin14, gtin1Raw: one.identical, gtin2Raw: two.identical };
    const sale = { saleStartsAt: saleStartsAt ?? null, saleEndsAt: saleEndsAt ?? null };
    const mpnAndBrand = { mpn, brand, mpnKey: normaliseMpn(mpn), brandKey: normaliseBrand(brand) };
    return { tenant, sku, description: sku, gtin1, gtin2, ...mpnAndBrand, ...keys, ...sale };
  });
  await db.transaction(async (tx) => {
    const gone = await tx.delete(catalogItems).where(eq(catalogItems.tenant, tenant)).returning();
    if (rows.length > 0) await tx.insert(catalogItems).values(rows);
    await touch(
      tx,
      tenant,
      'sku',
      [...gone, ...rows].map(({ sku }) => sku),
    );
  });
}

/** Reads these items into the till's tables, as a page of a pull does. A later call is a later pull. */
export async function stockTill(db: Database, tenant: string, items: TillThing[]): Promise<void> {
  const brands = [...new Set(items.flatMap(({ brand }) => (brand ? [brand] : [])))];
  if (brands.length > 0) {
    await db
      .insert(posManufacturers)
      .values(brands.map((name) => ({ tenant, manufacturerId: name, name, brandKey: normaliseBrand(name) })))
      .onConflictDoNothing();
  }
  const timeStamp = new Date();
  const rows = items.map(({ itemId, upc, ean, mpn, brand, archived = false, prices = { '1': '10' } }) =>
    toPosItem({
      itemId,
      systemSku: `21${itemId}`,
      description: itemId,
      itemType: 'default',
      upc: upc ?? '',
      ean: ean ?? '',
      customSku: '',
      manufacturerSku: mpn ?? '',
      manufacturerId: brand ?? '0',
      taxClassId: '1',
      taxable: true,
      archived,
      timeStamp,
      prices: Object.entries(prices).map(([levelId, amount]) => ({ levelId, amount })),
    }),
  );
  await db.transaction(async (tx) => {
    await writeItems(tx, tenant, rows);
    await touch(
      tx,
      tenant,
      'till',
      rows.map(({ itemId }) => itemId),
    );
  });
}
