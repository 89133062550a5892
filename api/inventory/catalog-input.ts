import { z } from 'zod';

const Text = z.string().trim().min(1).max(200);
export const Sku = z.string().trim().min(1).max(100);

/** A day of the tenant's zone, or a moment. */
export const SaleDate = z.union(
  [z.iso.date(), z.iso.datetime({ offset: true })],
  'A date (2026-12-01) or a moment (RFC 3339)',
);

const CatalogItem = z
  .strictObject({
    sku: Sku,
    description: z.string().trim().max(500).default(''),
    brand: Text.nullish(),
    category: Text.nullish(),
    gtin1: Text.nullish().describe('Matches the UPC in Lightspeed'),
    gtin2: Text.nullish().describe('Matches the EAN in Lightspeed'),
    mpn: Text.nullish().describe('Matches the manufacturer SKU, for items without a UPC'),
    saleStart: SaleDate.nullish().describe('Left out, together with saleEnd: the dates stay; null: no sale'),
    saleEnd: SaleDate.nullish().describe('A day includes its whole day'),
  })
  .meta({ id: 'CatalogItemInput' });

/** The storefront's items, each SKU once; a repeated one is named. */
export const CatalogItems = z
  .strictObject({
    items: z
      .array(CatalogItem)
      .min(1)
      .max(1_000)
      .check(({ value, issues }) => {
        const seen = new Set<string>();
        for (const [index, { sku }] of value.entries()) {
          if (seen.has(sku))
            issues.push({ code: 'custom', input: value, path: [index, 'sku'], message: `${sku} comes twice` });
          seen.add(sku);
        }
      }),
  })
  .meta({ id: 'CatalogItems' });

export type CatalogItemBody = z.infer<typeof CatalogItem>;
