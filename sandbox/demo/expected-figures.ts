import type { SeedItem } from '../r-series/seed/generate-bike-shop.ts';
import type { DemoCatalogue, Intent, PlannedItem } from './web-catalogue.ts';

/** The shops that the demo maps to the web shop's locations. */
export const mappedShops: readonly number[] = [1, 2];

/** What the first sync must give, worked out from how the catalogue was made. */
export interface ExpectedFigures {
  itemsPulled: number;
  byIntent: Record<Intent, number>;
  displayed: number;
}

export function expectedFigures({ bikeShop, planned }: DemoCatalogue): ExpectedFigures {
  const count = (intent: Intent) => planned.filter((item) => item.intent === intent).length;
  return {
    itemsPulled: bikeShop.items.filter((item) => !item.archived).length,
    byIntent: {
      mapped: count('mapped'),
      pending: count('pending'),
      ambiguous: count('ambiguous'),
      'missing-keys': count('missing-keys'),
      unmatched: count('unmatched'),
    },
    displayed: planned.filter(isDisplayed).length,
  };
}

/** Mapped, priced, and on hand or on order in a mapped shop: the import settings that the demo chooses. */
export function isDisplayed({ intent, till }: PlannedItem): boolean {
  return (
    intent === 'mapped' && till !== null && till.prices.standard !== '0' && (onHand(till) > 0 || onOrder(till) > 0)
  );
}

export function onHand(till: SeedItem): number {
  return till.stock.filter((row) => mappedShops.includes(row.shopID)).reduce((sum, row) => sum + row.qoh, 0);
}

function onOrder(till: SeedItem): number {
  return till.stock.filter((row) => mappedShops.includes(row.shopID)).reduce((sum, row) => sum + row.backorder, 0);
}

/** What the second sync is shown: the last few displayed items sell out in the till, the first few empty ones come in. */
export function stockChanges(catalogue: DemoCatalogue): { soldOut: PlannedItem[]; cameIn: PlannedItem[] } {
  const priced = catalogue.planned.filter((item) => item.intent === 'mapped' && item.till!.prices.standard !== '0');
  return {
    soldOut: priced.filter((item) => isDisplayed(item) && onOrder(item.till!) === 0).slice(-5),
    cameIn: priced.filter((item) => !isDisplayed(item)).slice(0, 3),
  };
}
