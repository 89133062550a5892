import type { SeedItem } from '../r-series/seed/generate-bike-shop.ts';
import type { DemoCatalogue, Intent, PlannedItem } from './web-catalogue.ts';

/** The shops that the demo maps to the web shop's locations. */
export const mappedShops: readonly number[] = [1, 2];

/** What the first sync must give, worked out from how the catalogue was made. */
export interface ExpectedFigures {
  itemsPulled: number;
  byIntent: Record<Intent, number>;
  /** Of the pending, by a person. */
  accepted: number;
  rejected: number;
  displayed: number;
}

export function expectedFigures({ bikeShop, planned }: DemoCatalogue): ExpectedFigures {
  const count = (intent: Intent) => planned.filter((item) => item.intent === intent).length;
  const { accepted, rejected } = personalDecisions(planned);
  return {
    itemsPulled: bikeShop.items.filter((item) => !item.archived).length,
    byIntent: {
      mapped: count('mapped'),
      pending: count('pending'),
      ambiguous: count('ambiguous'),
      'missing-keys': count('missing-keys'),
      unmatched: count('unmatched'),
    },
    accepted: accepted.length,
    rejected: rejected.length,
    displayed: planned.filter(isDisplayed).length + accepted.filter(isWorthShowing).length,
  };
}

/** Which of the possible matches a person decides on: most are right, one is not. */
export function personalDecisions(planned: readonly PlannedItem[]): {
  accepted: PlannedItem[];
  rejected: PlannedItem[];
} {
  const pending = planned.filter(({ intent }) => intent === 'pending');
  return { accepted: pending.slice(1, 6), rejected: pending.slice(0, 1) };
}

/** Mapped by its keys, and worth showing. */
export function isDisplayed(item: PlannedItem): boolean {
  return item.intent === 'mapped' && isWorthShowing(item);
}

/** Priced, and on hand or on order in a mapped shop: the import settings that the demo chooses. */
function isWorthShowing({ till }: PlannedItem): boolean {
  return till !== null && till.prices.standard !== '0' && (onHand(till) > 0 || onOrder(till) > 0);
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
