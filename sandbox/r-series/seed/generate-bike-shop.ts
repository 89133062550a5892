import { withCheckDigit } from '../gtin.ts';
import { seededRandom } from '../random.ts';
import { brands, goods, variants } from './bike-shop-words.ts';

/** Stock of an item in one shop. A shop that is not named has no row yet. */
export interface SeedStock {
  shopID: number;
  qoh: number;
  backorder: number;
  reorderPoint: number;
  reorderLevel: number;
}

/** One item of the till. Prices are decimal strings, "0" where there is none. */
export interface SeedItem {
  itemID: number;
  description: string;
  itemType: 'default' | 'non_inventory';
  archived: boolean;
  upc: string;
  ean: string;
  customSku: string;
  manufacturerSku: string;
  brand: string;
  category: string;
  taxClassID: number;
  isTaxed: boolean;
  matrix: string;
  prices: { standard: string; msrp: string; online: string };
  stock: SeedStock[];
}

/** A whole bike shop, the same for the same `seed` and `items` on every machine. */
export interface BikeShop {
  shops: { shopID: number; name: string }[];
  items: SeedItem[];
}

/** The last live item: what shipping is charged with. */
const shippingDescription = 'Shipping';

/**
 * Makes a bike shop of `items` live items, and one archived item for every fifty of them behind those. Who needs to know
 * what must come out of a sync takes it from here: which item has a code, a price, stock, and in which shop.
 */
export function generateBikeShop({ seed, items }: { seed: number; items: number }): BikeShop {
  const shops = [
    { shopID: 1, name: 'Harbour Street' },
    { shopID: 2, name: 'Old Mill' },
    { shopID: 3, name: 'Airport Kiosk' },
  ];
  const all: SeedItem[] = [];
  for (let itemID = 1; itemID < items; itemID += 1) all.push(generateItem(seed, itemID, all.at(-1)));
  if (items > 0) all.push(shippingItem(items));
  for (let extra = 1; extra <= Math.floor(items / 50); extra += 1) {
    const item = generateItem(seed, items + extra, undefined);
    all.push({ ...item, archived: true, stock: [] });
  }
  return { shops, items: all };
}

function generateItem(seed: number, itemID: number, previous: SeedItem | undefined): SeedItem {
  const random = seededRandom(seed, `item ${itemID}`);
  const category = random.pick(Object.keys(goods));
  const brand = random.pick(brands);
  const isTwin = itemID % 100 === 99 && previous !== undefined;
  const price = (random.whole(399, 24_999) / 100).toFixed(2);
  return {
    itemID,
    description: `${brand} ${random.pick(goods[category]!)} ${random.pick(variants)} ${itemID}`,
    itemType: 'default',
    archived: false,
    ...codes(itemID, isTwin ? previous.upc : undefined, brand),
    brand,
    category,
    taxClassID: category === 'Clothing' ? 2 : 1,
    isTaxed: true,
    matrix: itemID % 40 >= 11 && itemID % 40 <= 13 ? `${brand} family ${Math.floor(itemID / 40)}` : '',
    prices: {
      standard: itemID % 25 === 7 ? '0' : price,
      msrp: itemID % 6 === 0 ? (Number(price) * 1.1).toFixed(2) : '0',
      online: itemID % 4 === 0 && itemID % 25 !== 7 ? (Number(price) * 0.9).toFixed(2) : '0',
    },
    stock: stockOf(itemID, random.whole(3, 40), random.whole(3, 25)),
  };
}

/** Which codes an item has: most a UPC and a manufacturer SKU, some an EAN, some the manufacturer SKU alone, few none. */
function codes(itemID: number, twinUpc: string | undefined, brand: string) {
  const number = String(itemID).padStart(6, '0');
  const upc = twinUpc ?? withCheckDigit(`07${number.slice(0, 3)}51${number.slice(3)}0`);
  const ean = withCheckDigit(`4006${number}12`);
  const manufacturerSku = `${brand.slice(0, 3).toUpperCase()}-${number}`;
  const customSku = `BK-${number}`;
  const kind = itemID % 20;
  if (kind === 0) return { upc: '', ean: '', manufacturerSku: '', customSku };
  if (kind === 1 || kind === 2) return { upc: '', ean: '', manufacturerSku, customSku };
  if (kind === 3) return { upc: '', ean, manufacturerSku, customSku };
  if (kind === 4) return { upc, ean, manufacturerSku, customSku };
  return { upc, ean: '', manufacturerSku, customSku };
}

/** Every ninth item is out of stock, half of those on order; some are at the kiosk only; some shops count below zero. */
function stockOf(itemID: number, first: number, second: number): SeedStock[] {
  const row = (shopID: number, qoh: number, backorder = 0): SeedStock => ({
    shopID,
    qoh,
    backorder,
    reorderPoint: itemID % 5 === 0 ? 2 : 0,
    reorderLevel: itemID % 5 === 0 ? 10 : 0,
  });
  if (itemID % 31 === 0) return [row(3, first)];
  if (itemID % 18 === 0) return [row(1, 0, 6), row(2, 0)];
  if (itemID % 9 === 0) return itemID % 2 === 0 ? [] : [row(1, 0), row(2, 0)];
  if (itemID % 37 === 0) return [row(1, first), row(2, -2)];
  return itemID % 3 === 0 ? [row(1, first), row(2, second), row(3, 4)] : [row(1, first), row(2, second)];
}

function shippingItem(itemID: number): SeedItem {
  return {
    itemID,
    description: shippingDescription,
    itemType: 'non_inventory',
    archived: false,
    upc: '',
    ean: '',
    customSku: 'SHIP',
    manufacturerSku: '',
    brand: '',
    category: 'Accessories',
    taxClassID: 1,
    isTaxed: false,
    matrix: '',
    prices: { standard: '0', msrp: '0', online: '0' },
    stock: [],
  };
}
