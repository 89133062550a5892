import { Big } from 'big.js';
import type { Clock } from '../clock.ts';
import type { ItemShopRow } from '../resources/item-shop.ts';
import type { AccountBooks } from './account-books.ts';

/** Quantities of one item in one shop; what is left out stays as it is. */
export type Stock = Partial<Omit<ItemShopRow, 'itemShopID' | 'itemID' | 'shopID' | 'timeStamp'>>;

type StockCall = { books: AccountBooks; clock: Clock; employeeID?: number };
const summed = [
  'qoh',
  'backorder',
  'onLayaway',
  'onSpecialOrder',
  'onWorkorder',
  'reorderPoint',
  'reorderLevel',
] as const;

/** The row of an item in a shop (0: the sum), if there is one yet. */
function findItemShop(books: AccountBooks, itemID: number, shopID: number): ItemShopRow | undefined {
  return books.itemShops.by('itemID', itemID).find((row) => row.shopID === shopID);
}

/**
 * Sets stock. The row appears with the first figure, the sum of shopID 0 goes along, both get a new time stamp, and the
 * item's own time stamp stays as it is. A changed qoh is logged.
 */
export function setStock(
  move: { itemID: number; shopID: number; stock: Stock; reason: string; saleID: number },
  call: StockCall,
): void {
  const { books, clock } = call;
  const timeStamp = clock.now();
  const { itemID, shopID } = move;
  const row = findItemShop(books, itemID, shopID) ?? books.itemShops.insert({ itemID, shopID });
  const before = row.qoh;
  books.itemShops.update(row, { ...move.stock, timeStamp });
  const total = findItemShop(books, itemID, 0) ?? books.itemShops.insert({ itemID, shopID: 0 });
  const rows = books.itemShops.by('itemID', itemID).filter((row) => row.shopID !== 0);
  const sums = Object.fromEntries(summed.map((field) => [field, sum(rows.map((row) => row[field]))]));
  books.itemShops.update(total, { ...sums, timeStamp });
  if (row.qoh === before) return;
  books.inventoryLogs.insert({
    qohChange: new Big(row.qoh).minus(before).toFixed(),
    createTime: timeStamp,
    reason: move.reason,
    causedNegative: row.qoh.startsWith('-'),
    employeeID: call.employeeID ?? 0,
    itemID,
    shopID,
    saleID: move.saleID,
  });
}

/** Moves qoh by `change`; never refused, so qoh can go below zero. */
export function moveStock(
  move: { itemID: number; shopID: number; change: Big; reason: string; saleID: number },
  call: StockCall,
): void {
  const qoh = new Big(findItemShop(call.books, move.itemID, move.shopID)?.qoh ?? '0').plus(move.change).toFixed();
  setStock({ ...move, stock: { qoh } }, call);
}

/** Empties every shop's stock of an item, as archiving does. */
export function clearStock(itemID: number, call: StockCall): void {
  for (const row of call.books.itemShops.by('itemID', itemID)) {
    if (row.shopID !== 0 && row.qoh !== '0')
      setStock({ itemID, shopID: row.shopID, stock: { qoh: '0' }, reason: 'archive', saleID: 0 }, call);
  }
}

function sum(values: readonly string[]): string {
  return values.reduce((total, value) => total.plus(value), new Big(0)).toFixed();
}
