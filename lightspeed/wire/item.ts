import { z } from 'zod';
import type { TillItem, TillItemWithStock } from '../till.ts';
import { relation } from './list.ts';
import { rowParser } from './row-parser.ts';
import { decimal, flag, id, idOrZero, moment, optionalText, text } from './scalars.ts';
import { stockRow } from './stock.ts';

/** Whatever decides a match, a price or a display must be there: a missing field is never read as an empty one. */
const itemFields = z.object({
  itemID: id,
  systemSku: optionalText,
  description: optionalText,
  itemType: text,
  upc: text,
  ean: text,
  customSku: optionalText,
  manufacturerSku: text,
  manufacturerID: idOrZero,
  taxClassID: idOrZero,
  tax: flag,
  archived: flag,
  timeStamp: moment,
  Prices: relation('ItemPrice', z.object({ useTypeID: id, amount: decimal }), 'required'),
});

const itemWithStockFields = itemFields.extend({ ItemShops: relation('ItemShop', stockRow) });

export const itemParser = rowParser<TillItem>('Item', 'itemID', itemFields.transform(toItem));

export const itemWithStockParser = rowParser<TillItemWithStock>(
  'Item',
  'itemID',
  itemWithStockFields.transform((wire) => ({
    ...toItem(wire),
    stock: wire.ItemShops.filter(({ shopId }) => shopId !== '0'),
    qohOfAllShops: wire.ItemShops.find(({ shopId }) => shopId === '0')?.qoh ?? null,
  })),
);

function toItem(wire: z.output<typeof itemFields>): TillItem {
  return {
    itemId: wire.itemID,
    systemSku: wire.systemSku,
    description: wire.description,
    itemType: wire.itemType,
    upc: wire.upc,
    ean: wire.ean,
    customSku: wire.customSku,
    manufacturerSku: wire.manufacturerSku,
    manufacturerId: wire.manufacturerID,
    taxClassId: wire.taxClassID,
    taxable: wire.tax,
    archived: wire.archived,
    timeStamp: wire.timeStamp,
    prices: wire.Prices.map(({ useTypeID, amount }) => ({ levelId: useTypeID, amount })),
  };
}
