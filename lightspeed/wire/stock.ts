import { z } from 'zod';
import type { TillStock } from '../till.ts';
import { rowParser } from './row-parser.ts';
import { decimal, id, idOrZero, moment } from './scalars.ts';

/** A row of stock, of a shop or (shopID "0") of all. A missing figure is never read as nought. */
export const stockRow = z
  .object({
    itemID: id,
    shopID: idOrZero,
    qoh: decimal,
    sellable: decimal.optional(),
    backorder: decimal,
    reorderPoint: decimal,
    reorderLevel: decimal,
    timeStamp: moment,
  })
  .transform(
    (wire): TillStock => ({
      itemId: wire.itemID,
      shopId: wire.shopID,
      qoh: wire.qoh,
      // Recordings older than the field lack it; the vendor defines it as what is on hand, never below nought.
      sellable: wire.sellable ?? (wire.qoh.startsWith('-') ? '0' : wire.qoh),
      backorder: wire.backorder,
      reorderPoint: wire.reorderPoint,
      reorderLevel: wire.reorderLevel,
      timeStamp: wire.timeStamp,
    }),
  );

export const stockParser = rowParser<TillStock>('ItemShop', 'itemShopID', stockRow);
