import type { ImportSettings, PricingSettings } from '../../domain/setup/settings.ts';

/** An ItemShop row of the till; `readAt` in seconds. */
export interface Shelf {
  shopId: string;
  qoh: number;
  sellable: number;
  backorder: number;
  reorderPoint: number;
  reorderLevel: number;
  readAt: number;
}

/** A catalogue item, the POS item it is mapped to (if any), and what the till says of that. Sale dates in seconds from now. */
export interface Ware {
  sku: string;
  isMapped: boolean;
  isArchived: boolean;
  regular: string | null;
  sale: string | null;
  saleStarts: number | null;
  saleEnds: number | null;
  shelves: Shelf[];
}

/** An order of one line. `soldAt`: when the till completed the sale, in the seconds of `readAt`. */
export interface Order {
  sku: string;
  locationId: string | null;
  quantity: number;
  cancelledQuantity: number;
  isGiftCard: boolean;
  isCancelled: boolean;
  ageHours: number;
  total: number;
  captured: number;
  authorised: number;
  fulfilled: number;
  exportState: string | null;
  soldAt: number;
}

export interface Market {
  importSettings: ImportSettings;
  pricing: PricingSettings;
  exportMode: 'off' | 'dry-run' | 'on';
  stores: Record<string, string>;
  safety: Safety;
  wares: Ware[];
  orders: Order[];
}

/** Units kept from the web shop at each location: of all, at some locations, of some SKUs. */
export interface Safety {
  all: number;
  places: Record<string, number>;
  skus: Record<string, number>;
}

export interface StatedListing {
  displayed: boolean;
  reason: string;
  quantity: number;
  quantityByLocation: Record<string, number>;
  price: string | null;
  salePrice: string | null;
}

/** What the storefront should show of a mapped item, stated a second time from DESIGN, step 4 of the inventory sync, and R8–R13. */
export function listPlainly(market: Market, ware: Ware): StatedListing {
  const shelves = ware.shelves.filter(({ shopId }) => shopId in market.stores);
  const places = [...new Set(Object.values(market.stores))];
  // Sales are booked in shop 1: that is where a line without a location is taken from.
  const home = market.exportMode === 'off' ? null : (market.stores['1'] ?? null);
  const promised = (where?: string) =>
    sum(
      market.orders
        .filter(({ sku, locationId }) => sku === ware.sku && (where === undefined || (locationId ?? home) === where))
        .map((order) => reservedUnits(market, ware, order)),
    );
  const free = (at: Shelf[], reserved: number) =>
    Math.min(sum(at.map((s) => s.sellable)), sum(at.map((s) => s.qoh))) - reserved;
  const atPlace = (place: string) =>
    free(
      shelves.filter(({ shopId }) => market.stores[shopId] === place),
      promised(place),
    );
  const { all, places: kept, skus } = market.safety;
  const safetyAt = (place: string) => skus[ware.sku] ?? kept[place] ?? all;
  const keptInAll = sum(places.map((place) => Math.max(0, Math.min(safetyAt(place), atPlace(place)))));
  const units = (count: number) => Math.max(0, Math.floor(count));
  const price = market.pricing.enabled ? amount(ware.regular) : null;
  const reason = reasonOf(market, ware, shelves);
  return {
    displayed: ['on-hand', 'on-order', 'reorder'].includes(reason),
    reason,
    quantity: ware.isArchived ? 0 : units(free(shelves, promised()) - keptInAll),
    quantityByLocation: ware.isArchived
      ? {}
      : Object.fromEntries(places.map((place) => [place, units(atPlace(place) - safetyAt(place))])),
    price,
    salePrice: salePriceOf(market.pricing, ware, price),
  };
}

/** R8: any enabled setting that holds shows the item; on hand is what the till has before reservations. R19: no price, no display. */
function reasonOf({ importSettings, pricing }: Market, ware: Ware, shelves: Shelf[]): string {
  if (ware.isArchived) return 'archived';
  if (pricing.enabled && amount(ware.regular) === null) return 'no-price';
  if (importSettings.onHand && sum(shelves.map(({ qoh }) => qoh)) > 0) return 'on-hand';
  if (importSettings.onOrder && sum(shelves.map(({ backorder }) => backorder)) > 0) return 'on-order';
  const isReordered = shelves.some(({ reorderPoint, reorderLevel }) => reorderPoint > 0 || reorderLevel > 0);
  if (importSettings.reorder && isReordered) return 'reorder';
  return shelves.length === 0 ? 'not-in-mapped-shops' : 'no-import-setting-holds';
}

/** R12, R13: a level of its own, an amount below the regular price, a start that has come and an end that has not. */
function salePriceOf(pricing: PricingSettings, ware: Ware, regular: string | null): string | null {
  if (!pricing.enabled || pricing.salePriceLevelId === null || regular === null) return null;
  const sale = amount(ware.sale);
  if (sale === null || Number(sale) >= Number(regular)) return null;
  if (ware.saleStarts === null || ware.saleStarts > 0) return null;
  return ware.saleEnds !== null && ware.saleEnds <= 0 ? null : sale;
}

/** A price of 0 is no price, and so is what comes to 0 cents. */
function amount(text: string | null): string | null {
  const cents = Math.round(Number(text ?? 0) * 100);
  return cents > 0 ? (cents / 100).toFixed(2) : null;
}

/**
 * Units from the order's arrival until it is cancelled, settled or exported and its stock read again since. Unpaid
 * orders stop after 72 hours, fulfilled units where the till isn't told of orders.
 */
function reservedUnits({ exportMode }: Market, ware: Ware, order: Order): number {
  if (order.isCancelled || order.isGiftCard) return 0;
  if (['cancelled', 'not-exported', 'resolved'].includes(order.exportState ?? 'waiting')) return 0;
  const isWaiting = (order.exportState ?? 'waiting') === 'waiting';
  if (isWaiting && order.captured < order.total && order.ageHours > 72) return 0;
  if (order.exportState === 'exported' && ware.shelves.some(({ readAt }) => readAt >= order.soldAt)) return 0;
  const gone = order.cancelledQuantity + (exportMode === 'on' ? 0 : order.fulfilled);
  return Math.max(0, order.quantity - gone);
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
