import { z } from 'zod';
import type { findListing } from '../../db/inventory/find-listing.ts';
import { listingReasons } from '../../domain/inventory/listing-reason.ts';

const text = z.string().nullable();

/** What the storefront should show of one item. */
export const ListingBody = z
  .object({
    sku: z.string(),
    version: z.int(),
    removed: z.boolean().describe('No longer mapped: the item is left as the storefront has it'),
    displayed: z.boolean(),
    reason: z.enum(listingReasons).describe('Why it is shown or hidden'),
    itemId: text,
    quantity: z.int(),
    quantityByLocation: z.record(z.string(), z.int()),
    price: text.describe('Null: the storefront has its own'),
    salePrice: text.describe('Only while the sale is on'),
    saleReason: text.describe('Why a sale price of the till is not shown'),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Listing' });

type ListingRow = NonNullable<NonNullable<Awaited<ReturnType<typeof findListing>>>['listing']>;

export function toListingBody(row: ListingRow): z.input<typeof ListingBody> {
  return { ...row, updatedAt: row.updatedAt.toISOString() };
}
