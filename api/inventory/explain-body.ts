import { z } from 'zod';
import { listingReasons } from '../../domain/inventory/listing-reason.ts';
import { mappingStates } from '../../domain/inventory/mapping-state.ts';

const text = z.string().nullable();

const Fix = z
  .object({
    where: z.enum(['lightspeed', 'storefront', 'tillbridge']),
    field: z.string().describe('A field of Lightspeed, of the pushed catalogue, or an endpoint here'),
    what: z.string(),
  })
  .meta({ id: 'Fix' });

const Explanation = z
  .object({
    sku: text,
    itemId: text,
    description: z.string(),
    matchedFields: z.array(z.string()).describe('Which fields bear the code'),
    isOnSite: z.boolean().nullable().describe('Null: not mapped, so the storefront shows what it has by itself'),
    verdict: z.string().describe("A listing's reason, a mapping's state, a POS item's, or `not-decided-yet`"),
    why: z.string(),
    fixes: z.array(Fix),
    catalog: z
      .object({ gtin1: text, gtin2: text, mpn: text, brand: text, saleStart: text, saleEnd: text })
      .nullable()
      .describe('Its fields in the storefront'),
    pos: z
      .object({
        systemSku: z.string(),
        description: z.string(),
        upc: text,
        ean: text,
        manufacturerSku: text,
        brand: text,
        isGone: z.boolean(),
      })
      .nullable()
      .describe('Its fields in Lightspeed, as last read'),
    mapping: z
      .object({
        state: z.enum(mappingStates),
        matchedBy: text,
        reason: z.string(),
        candidates: z.array(z.object({ itemId: z.string(), key: z.string(), why: z.string() })),
      })
      .nullable(),
    listing: z
      .object({
        displayed: z.boolean(),
        reason: z.enum(listingReasons),
        quantity: z.int(),
        price: text,
        salePrice: text,
        saleReason: text,
      })
      .nullable(),
    held: z
      .object({
        state: z.enum(['held', 'rejected']),
        displayed: z.boolean(),
        quantity: z.int(),
        price: text,
      })
      .nullable()
      .describe('A change that an admin must approve, or has rejected: what it would make of the listing'),
    shops: z
      .array(
        z.object({
          shopId: z.string(),
          shopName: text,
          locationId: text.describe('Null: not mapped'),
          onHand: z.number(),
          onOrder: z.number(),
          reorderPoint: z.number(),
          reorderLevel: z.number(),
        }),
      )
      .describe('What the import settings look at'),
    importSettings: z.object({ onHand: z.boolean(), onOrder: z.boolean(), reorder: z.boolean() }).nullable(),
    prices: z
      .object({ regularPriceLevelId: z.string(), regular: text, salePriceLevelId: text, sale: text })
      .nullable()
      .describe('Null: every price comes from the storefront'),
    nearest: z
      .array(
        z.object({
          sku: text,
          itemId: text,
          systemSku: text,
          description: z.string(),
          codes: z.array(z.string()),
          why: z.string(),
        }),
      )
      .describe('What it might be, where nothing bears its keys'),
  })
  .meta({ id: 'Explanation' });

/** What is known of a code. */
export const ExplainBody = z
  .object({
    code: z.string(),
    summary: z.string(),
    sync: z.object({
      ageSeconds: z.int().nullable().describe('Since the till was last read with success'),
      notes: z.array(z.object({ code: z.string(), message: z.string(), fix: Fix.nullable() })),
    }),
    found: z.array(Explanation),
    nearest: Explanation.shape.nearest.describe('Where nothing bears the code: what almost does'),
  })
  .meta({ id: 'Explained' });
