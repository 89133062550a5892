import type { ImportSettings } from '../setup/settings.ts';
import type { ListingReason } from './listing-reason.ts';
import { listingReasonWords } from './listing-reason.ts';
import type { MappingCandidate, MappingState } from './mapping-state.ts';

/** What is stored about a catalogue item, a POS item, or the two together. Amounts are decimal strings. */
export interface ItemFacts {
  sku: string | null;
  itemId: string | null;
  description: string;
  catalog: {
    gtin1: string | null;
    gtin2: string | null;
    mpn: string | null;
    brand: string | null;
    saleStart: string | null;
    saleEnd: string | null;
  } | null;
  pos: {
    systemSku: string;
    description: string;
    upc: string | null;
    ean: string | null;
    manufacturerSku: string | null;
    brand: string | null;
    isGone: boolean;
  } | null;
  mapping: { state: MappingState; matchedBy: string | null; reason: string; candidates: MappingCandidate[] } | null;
  /** Of a POS item that nothing is mapped to. */
  unmapped: { state: 'archived' | 'candidate' | 'missing-keys' | 'not-in-catalogue'; reason: string } | null;
  listing: {
    displayed: boolean;
    reason: ListingReason;
    quantity: number;
    price: string | null;
    salePrice: string | null;
    saleReason: string | null;
  } | null;
  /** A change that the guard holds back, or that an admin rejected: what it would make of the listing. */
  held: { state: 'held' | 'rejected'; quantity: number; displayed: boolean; price: string | null } | null;
  /** Every mapped shop, and others that have a row of stock (`locationId` null). */
  shops: ShopFigures[];
  importSettings: ImportSettings | null;
  /** Null while every price comes from the storefront. */
  prices: {
    regularPriceLevelId: string;
    regular: string | null;
    salePriceLevelId: string | null;
    sale: string | null;
  } | null;
}

export interface ShopFigures {
  shopId: string;
  shopName: string | null;
  locationId: string | null;
  onHand: number;
  onOrder: number;
  reorderPoint: number;
  reorderLevel: number;
}

/** `lightspeed`: a field of the till; `storefront`: one of the pushed catalogue; `tillbridge`: a decision or setting here. */
export interface Fix {
  where: 'lightspeed' | 'storefront' | 'tillbridge';
  field: string;
  what: string;
}

export interface Explanation {
  /** Whether the storefront is told to show it; null: not mapped, so the storefront shows what it has by itself. */
  isOnSite: boolean | null;
  /** A listing's reason, a mapping's state, a POS item's, or `not-decided-yet`. */
  verdict: string;
  why: string;
  fixes: Fix[];
}

/** Why a thing is or isn't on the site, and which field to fix where: in the words of matching and publishing. */
export function explainItem(facts: ItemFacts): Explanation {
  const { mapping, unmapped, listing } = facts;
  if (unmapped) {
    return { isOnSite: null, verdict: unmapped.state, why: unmapped.reason, fixes: unmappedFixes[unmapped.state] };
  }
  if (!mapping) {
    const why = 'It is mapped to an item that is no longer in the catalogue.';
    return { isOnSite: null, verdict: 'not-decided-yet', why, fixes: [] };
  }
  if (facts.itemId === null) {
    const { state, reason } = mapping;
    return { isOnSite: null, verdict: state, why: reason, fixes: mappingFixes(facts, mapping) };
  }
  if (!listing) {
    const why = `${mapping.reason} Its listing has not been decided yet: this takes less than a minute while the sync runs.`;
    return { isOnSite: null, verdict: 'not-decided-yet', why, fixes: [] };
  }
  return {
    isOnSite: listing.displayed,
    verdict: listing.reason,
    why: [listingWords(facts, listing), ...heldWords(facts)].join(' '),
    fixes: [...heldFixes(facts), ...listingFixes(facts, listing.reason), ...saleFixes(facts, listing.saleReason)],
  };
}

const decide = (what: string): Fix => ({ where: 'tillbridge', field: 'mappings/decisions', what });

const unmappedFixes: Record<NonNullable<ItemFacts['unmapped']>['state'], Fix[]> = {
  archived: [{ where: 'lightspeed', field: 'archived', what: 'Un-archive the item.' }],
  candidate: [decide('Accept or reject the possible match.')],
  'missing-keys': [
    { where: 'lightspeed', field: 'upc', what: 'Fill in its UPC, or its EAN or manufacturer SKU.' },
    decide('Or map it to a catalogue item by hand.'),
  ],
  'not-in-catalogue': [
    { where: 'storefront', field: 'gtin1', what: 'Push the item with this UPC as GTIN1 (EAN as GTIN2, or the MPN).' },
    { where: 'lightspeed', field: 'upc', what: 'Or correct its UPC, EAN or manufacturer SKU.' },
    decide('Or map it to a catalogue item by hand.'),
  ],
};

function mappingFixes({ catalog }: ItemFacts, { state, candidates }: NonNullable<ItemFacts['mapping']>): Fix[] {
  const isBadCode = candidates.some(({ key }) => key === 'identical-code');
  switch (state) {
    case 'pending':
      return [
        decide('Accept or reject the possible match.'),
        ...(isBadCode
          ? [
              { where: 'storefront', field: 'gtin1', what: 'Or correct the code: its check digit is wrong.' } as const,
              { where: 'lightspeed', field: 'upc', what: 'The same in Lightspeed.' } as const,
            ]
          : []),
      ];
    case 'ambiguous':
      return [
        { where: 'lightspeed', field: 'upc', what: 'Let one item only bear the code: change or archive the others.' },
        { where: 'storefront', field: 'gtin1', what: 'Let one catalogue item only bear the code.' },
        decide('Or accept the right candidate.'),
      ];
    case 'missing-keys':
      return [{ where: 'storefront', field: 'gtin1', what: 'Push a GTIN1, GTIN2 or MPN for it.' }];
    case 'rejected':
      return [decide('Undo the decision, or map another POS item.')];
    case 'mapped':
    case 'manual':
    case 'missing-price':
    case 'unmatched':
      return [
        {
          where: 'lightspeed',
          field: catalog?.gtin1 ? 'upc' : catalog?.gtin2 ? 'ean' : 'manufacturerSku',
          what: `Give the POS item ${keysOf(catalog)}.`,
        },
        { where: 'storefront', field: 'gtin1', what: 'Or push the code that the POS item bears.' },
        decide('Or map the POS item by hand.'),
      ];
  }
}

function keysOf(catalog: ItemFacts['catalog']): string {
  const keys = [
    catalog?.gtin1 && `the UPC ${catalog.gtin1}`,
    catalog?.gtin2 && `the EAN ${catalog.gtin2}`,
    catalog?.mpn && `the manufacturer SKU ${catalog.mpn}`,
  ];
  return keys.filter(Boolean).join(' or ');
}

function listingWords(
  { shops, prices, catalog }: ItemFacts,
  { reason, saleReason }: NonNullable<ItemFacts['listing']>,
): string {
  const elsewhere = shops.filter(({ locationId, onHand }) => locationId === null && onHand > 0);
  const words = [listingReasonWords[reason]];
  if (reason === 'no-price' && prices) {
    words.push(`At price level ${prices.regularPriceLevelId} it has ${prices.regular ?? 'none'}: 0 is no price.`);
  }
  if (reason === 'no-import-setting-holds') words.push(`${shops.filter(isMapped).map(figures).join('; ')}.`);
  if (elsewhere.length > 0 && reason !== 'on-hand') {
    words.push(
      `Shops that are not mapped have it: ${elsewhere.map(({ shopId, onHand }) => `${onHand} on hand in shop ${shopId}`).join(', ')}.`,
    );
  }
  if (saleReason) words.push(`The sale price is not shown: ${saleReason}`);
  else if (catalog?.saleStart && prices?.salePriceLevelId && !isAmount(prices.sale)) {
    words.push(`A sale is dated, but the POS item has no price at the sale price level ${prices.salePriceLevelId}.`);
  }
  return words.join(' ');
}

function heldWords({ held }: ItemFacts): string[] {
  if (!held) return [];
  const { displayed, quantity, price } = held;
  const would = displayed ? `shown with ${quantity}${price ? ` at ${price}` : ''}` : 'hidden';
  return [
    held.state === 'held'
      ? `By what Lightspeed says now it would be ${would}: too much changed at once, so an admin must approve that.`
      : `By what Lightspeed says it would be ${would}: an admin has rejected that.`,
  ];
}

function heldFixes({ held }: ItemFacts): Fix[] {
  return held?.state === 'held'
    ? [{ where: 'tillbridge', field: 'sync/runs', what: 'Approve or reject what the newest held run proposes.' }]
    : [];
}

function isMapped({ locationId }: ShopFigures): boolean {
  return locationId !== null;
}

function figures({ shopId, shopName, onHand, onOrder, reorderPoint, reorderLevel }: ShopFigures): string {
  return `${shopName ?? `shop ${shopId}`}: ${onHand} on hand, ${onOrder} on order, reorder point ${reorderPoint}, reorder level ${reorderLevel}`;
}

function listingFixes({ prices, importSettings, shops }: ItemFacts, reason: ListingReason): Fix[] {
  const mapStores: Fix[] = shops
    .filter((shop) => !isMapped(shop) && shop.onHand > 0)
    .slice(0, 1)
    .map(() => ({ where: 'tillbridge', field: 'setup/stores', what: 'Map the shops that have it to a location.' }));
  switch (reason) {
    case 'no-price':
      return [
        {
          where: 'lightspeed',
          field: 'Prices',
          what: `Set a price at price level ${prices?.regularPriceLevelId ?? 'chosen as regular'}.`,
        },
        { where: 'tillbridge', field: 'setup/pricing', what: 'Or choose the price level that is used in store.' },
      ];
    case 'archived':
      return [
        { where: 'lightspeed', field: 'archived', what: 'Un-archive the item.' },
        decide('Or map another POS item.'),
      ];
    case 'not-in-mapped-shops':
    case 'no-import-setting-holds':
      return [
        ...mapStores,
        { where: 'lightspeed', field: 'qoh', what: 'Receive stock of it in a mapped shop.' },
        ...(importSettings?.onOrder && importSettings.reorder
          ? []
          : [
              {
                where: 'tillbridge',
                field: 'setup/import-settings',
                what: 'Or also show what is on order, or has a reorder point or level.',
              } as const,
            ]),
      ];
    case 'on-hand':
    case 'on-order':
    case 'reorder':
    case 'unmapped':
      return [];
  }
}

/** 0 is no price, and so is what comes to 0 cents. */
function isAmount(price: string | null): boolean {
  return Number(price ?? 0) >= 0.005;
}

/** Only a sale that was meant is worth a fix: one with a start date, or a price at the sale level that never shows. */
function saleFixes({ catalog, prices }: ItemFacts, saleReason: string | null): Fix[] {
  if (!prices?.salePriceLevelId) return [];
  const level = prices.salePriceLevelId;
  if (!isAmount(prices.sale)) {
    if (!catalog?.saleStart) return [];
    return [{ where: 'lightspeed', field: 'Prices', what: `Set the sale price at price level ${level}.` }];
  }
  if (saleReason === null) return [];
  return Number(prices.sale) >= Number(prices.regular ?? 0)
    ? [
        {
          where: 'lightspeed',
          field: 'Prices',
          what: `Set a sale price below the regular one at price level ${level}.`,
        },
      ]
    : [
        {
          where: 'storefront',
          field: 'saleStart',
          what: 'Push the dates of the sale: a start that has come, an end to come.',
        },
      ];
}
