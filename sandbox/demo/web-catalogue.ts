import { withCheckDigit } from '../r-series/gtin.ts';
import type { BikeShop, SeedItem } from '../r-series/seed/generate-bike-shop.ts';
import { generateBikeShop } from '../r-series/seed/generate-bike-shop.ts';

/** What must become of a catalogue item, by the way it was made. */
export type Intent = 'mapped' | 'pending' | 'ambiguous' | 'missing-keys' | 'unmatched';

/** One item as the web shop pushes it. */
export interface WebItem {
  sku: string;
  description: string;
  brand: string;
  category: string;
  gtin1?: string;
  gtin2?: string;
  mpn?: string;
}

export interface PlannedItem {
  web: WebItem;
  intent: Intent;
  /** The item of the till it was made from; null where the till has none. */
  till: SeedItem | null;
}

/** The bike shop's till and its web shop's catalogue, made from one seed. */
export interface DemoCatalogue {
  bikeShop: BikeShop;
  planned: PlannedItem[];
}

const UNMATCHED = 20;
const MISSING_KEYS = 12;

/**
 * Makes a web catalogue of `size` items against a till of `items`: most by GTIN (some with leading zeros, dashes, or in
 * the other field), some only by MPN, some that must wait for a person, some ambiguous, some without keys, some unknown.
 */
export function webCatalogue({ seed, items, size }: { seed: number; items: number; size: number }): DemoCatalogue {
  const bikeShop = generateBikeShop({ seed, items });
  const planned: PlannedItem[] = [];
  let missingKeys = 0;
  for (const till of bikeShop.items) {
    if (planned.length >= size - UNMATCHED) break;
    if (till.archived || till.itemType !== 'default') continue;
    const hasKeys = till.upc !== '' || till.ean !== '' || till.manufacturerSku !== '';
    if (!hasKeys && missingKeys++ >= MISSING_KEYS) continue;
    planned.push(...plan(till));
  }
  planned.length = Math.min(planned.length, size - UNMATCHED);
  for (let number = 1; planned.length < size; number += 1) planned.push(unmatched(number));
  return { bikeShop, planned };
}

function plan(till: SeedItem): PlannedItem[] {
  const number = till.itemID;
  const { brand, category, description } = till;
  const web = { sku: `WEB-${number}`, description, brand, category };
  if (till.upc === '' && till.ean === '' && till.manufacturerSku === '') return [{ web, intent: 'missing-keys', till }];
  if (till.upc === '' && till.ean === '') {
    // Only the manufacturer's number: written otherwise by the web shop, and now and then under another brand.
    const mpn = till.manufacturerSku.toLowerCase().replace('-', ' ');
    if (number % 5 === 1) return [{ web: { ...web, brand: 'Unbranded', mpn }, intent: 'pending', till }];
    return [{ web: { ...web, mpn }, intent: 'mapped', till }];
  }
  const keys = { ...gtins(till), mpn: till.manufacturerSku };
  const whole = { ...web, ...keys };
  switch (number % 100) {
    case 50: // two web items claim one code
      return [
        { web: whole, intent: 'ambiguous', till },
        { web: { ...whole, sku: `${web.sku}-B` }, intent: 'ambiguous', till },
      ];
    case 70: // the code says yes, brand and MPN say no
      return [{ web: { ...whole, brand: 'Marlow', mpn: `MRL-${number}` }, intent: 'pending', till }];
    case 98: // the till has this UPC twice
      return [{ web: whole, intent: 'ambiguous', till }];
    case 99:
      return [];
    default:
      return [{ web: whole, intent: 'mapped', till }];
  }
}

/** The same codes as shops write them. */
function gtins({ itemID, upc, ean }: SeedItem): Pick<WebItem, 'gtin1' | 'gtin2'> {
  if (upc === '') return { gtin2: ean };
  if (ean !== '') return { gtin1: upc, gtin2: ean };
  if (itemID % 13 === 6) return { gtin2: upc };
  if (itemID % 11 === 5) return { gtin1: `${upc.slice(0, 1)}-${upc.slice(1, 6)}-${upc.slice(6, 11)}-${upc.slice(11)}` };
  if (itemID % 7 === 3) return { gtin1: `00${upc}` };
  return { gtin1: upc };
}

function unmatched(number: number): PlannedItem {
  const web = {
    sku: `WEB-ONLY-${number}`,
    description: `Sold on the web only, ${number}`,
    brand: 'Marlow',
    category: 'Accessories',
    gtin1: withCheckDigit(`0899${String(number).padStart(7, '0')}`),
  };
  return { web, intent: 'unmatched', till: null };
}
