import { normaliseGtin } from '../../domain/inventory/gtin.ts';
import { normaliseMpn } from '../../domain/inventory/mpn.ts';
import type { PosItemRow } from './write-items.ts';

/** An item as a till tells it: empty texts where it has none, amounts by price level. */
type ReadItem = Pick<
  PosItemRow,
  | 'itemId'
  | 'systemSku'
  | 'description'
  | 'itemType'
  | 'manufacturerId'
  | 'taxClassId'
  | 'taxable'
  | 'archived'
  | 'timeStamp'
> & {
  upc: string;
  ean: string;
  customSku: string;
  manufacturerSku: string;
  prices: { levelId: string; amount: string }[];
};

/** A till's item as it is stored: with the keys that matching compares, empty texts as null. */
export function toPosItem(item: ReadItem): PosItemRow {
  const upc = normaliseGtin(item.upc);
  const ean = normaliseGtin(item.ean);
  return {
    itemId: item.itemId,
    systemSku: item.systemSku,
    description: item.description,
    itemType: item.itemType,
    upc: item.upc || null,
    ean: item.ean || null,
    customSku: item.customSku || null,
    manufacturerSku: item.manufacturerSku || null,
    manufacturerId: item.manufacturerId,
    taxClassId: item.taxClassId,
    taxable: item.taxable,
    upcKey: upc.gtin14,
    eanKey: ean.gtin14,
    upcRaw: upc.identical,
    eanRaw: ean.identical,
    mpnKey: normaliseMpn(item.manufacturerSku),
    archived: item.archived,
    timeStamp: item.timeStamp,
    prices: Object.fromEntries(item.prices.map(({ levelId, amount }) => [levelId, amount])),
  };
}
