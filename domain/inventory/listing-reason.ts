/** Why a listing is shown (`on-hand`, `on-order`, `reorder`) or hidden (the rest). */
export const listingReasons = [
  'on-hand',
  'on-order',
  'reorder',
  'no-import-setting-holds',
  'no-price',
  'archived',
  'not-in-mapped-shops',
  'unmapped',
] as const;

export type ListingReason = (typeof listingReasons)[number];
