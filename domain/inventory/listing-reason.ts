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

/** The same for people. */
export const listingReasonWords: Record<ListingReason, string> = {
  'on-hand': 'Shown: it is on hand in a mapped shop.',
  'on-order': 'Shown: it is on order for a mapped shop.',
  reorder: 'Shown: a mapped shop has a reorder point or a maximum stock level for it.',
  'no-import-setting-holds': 'Hidden: none of the import settings that are on holds for it.',
  'no-price': 'Hidden: the POS item has no price at the regular price level.',
  archived: 'Hidden: the POS item is archived or gone in Lightspeed.',
  'not-in-mapped-shops': 'Hidden: no mapped shop has stock of it.',
  unmapped: 'Left as the storefront has it: it is not mapped to a POS item.',
};
