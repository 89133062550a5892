import { z } from 'zod';

/** What Tillbridge says the shop should show of one item. Fields the shop doesn't use are let through unread. */
export const Listing = z.looseObject({
  sku: z.string(),
  version: z.number().int(),
  removed: z.boolean().optional(),
  displayed: z.boolean(),
  quantity: z.number(),
  quantityByLocation: z.record(z.string(), z.number()).optional(),
  price: z.string().nullish(),
  salePrice: z.string().nullish(),
});
export type Listing = z.infer<typeof Listing>;

export const ListingPage = z.looseObject({ listings: z.array(Listing) });
