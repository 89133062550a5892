import { z } from 'zod';
import type { Stock } from '../books/stock.ts';
import { setStock } from '../books/stock.ts';
import type { ItemRow } from '../resources/item.ts';
import { item } from '../resources/item.ts';
import type { Call } from '../resources/resource.ts';
import { createItem, updateItem } from '../resources/write-item.ts';
import type { ControlInput, ControlRoute } from './control-route.ts';
import { booksOf, Decimal, Id, ownersCall, readControl, rowOf } from './control-route.ts';

const ShopStock = z.strictObject({
  shopId: Id,
  qoh: Decimal.optional(),
  backorder: Decimal.optional(),
  reorderPoint: Decimal.optional(),
  reorderLevel: Decimal.optional(),
});
/** The vendor's own field names, beside the price per level name, the brand by name and the stock per shop. */
const ItemFields = z.looseObject({
  prices: z.record(z.string(), Decimal).optional(),
  brand: z.string().optional(),
  archived: z.boolean().optional(),
  /** A fee that sells with the item, where the switch `item-fees` says so. */
  fee: z.strictObject({ name: z.string(), amount: Decimal }).optional(),
  stock: z.array(ShopStock).optional(),
});

/** Changing the catalogue and its stock behind the API's back. */
export const itemRoutes: readonly ControlRoute[] = [
  {
    method: 'POST',
    path: '/accounts/:account/items',
    about:
      'A new item {description, upc?, ean?, manufacturerSku?, …, prices?: {Default, MSRP, Online}, brand?, stock?: [{shopId, qoh, …}]}',
    run: (input) => writeItem(input, undefined),
  },
  {
    method: 'GET',
    path: '/accounts/:account/items/:item',
    about: 'One item as the books have it',
    run: (input) => itemFacts(rowOf(booksOf(input).items, input.ids['item']), callOf(input)),
  },
  {
    method: 'PATCH',
    path: '/accounts/:account/items/:item',
    about: 'Changes fields, prices, brand, stock, fee: {name, amount} or archived',
    run: (input) => writeItem(input, rowOf(booksOf(input).items, input.ids['item'])),
  },
  {
    method: 'DELETE',
    path: '/accounts/:account/items/:item',
    about: 'Deletes an item and its stock for good, which the vendor never does',
    run(input) {
      const books = booksOf(input);
      const row = rowOf(books.items, input.ids['item']);
      for (const stock of books.itemShops.by('itemID', row.itemID)) books.itemShops.remove(stock);
      books.items.remove(row);
    },
  },
  {
    method: 'PUT',
    path: '/accounts/:account/stock',
    about: 'Sets stock {itemId, shopId, qoh?, backorder?, reorderPoint?, reorderLevel?}; a sale is not needed',
    run(input) {
      const { itemId, ...stock } = readControl(ShopStock.extend({ itemId: Id }), input.body);
      const row = rowOf(booksOf(input).items, itemId);
      putStock(row, [stock], callOf(input));
      return itemFacts(row, callOf(input));
    },
  },
];

function callOf(input: ControlInput): Call {
  return ownersCall(input.world, booksOf(input));
}

function writeItem(input: ControlInput, old: ItemRow | undefined): unknown {
  const { prices, brand, archived, fee, stock, ...fields } = readControl(ItemFields, input.body);
  const call = callOf(input);
  const body = {
    ...fields,
    ...(brand !== undefined && { manufacturerID: brandId(brand, call) }),
    ...(prices && { Prices: { ItemPrice: Object.entries(prices).map(([useType, amount]) => ({ useType, amount })) } }),
    ...(archived === false && { archived }),
  };
  const row = old ? updateItem(old, body, call) : createItem(body, call);
  if (stock) putStock(row, stock, call);
  if (fee) putFee(row, fee, call);
  if (archived) item.remove?.(row, call);
  return itemFacts(row, call);
}

function putStock(row: ItemRow, stock: readonly z.infer<typeof ShopStock>[], call: Call): void {
  for (const { shopId, ...figures } of stock) {
    rowOf(call.books.shops, shopId);
    const given = Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== undefined)) as Stock;
    setStock({ itemID: row.itemID, shopID: shopId, stock: given, reason: 'set', saleID: 0 }, call);
  }
}

function putFee(row: ItemRow, { name, amount }: { name: string; amount: string }, { books, clock }: Call): void {
  const { itemFeeID } = books.itemFees.insert({
    name,
    feeValue: amount,
    taxClassID: row.taxClassID,
    timestamp: clock.now(),
  });
  books.items.update(row, { itemFeeID, timeStamp: clock.now() });
}

function brandId(brand: string, { books, clock }: Call): number {
  if (brand === '') return 0;
  const known = [...books.manufacturers.all()].find(({ name }) => name === brand);
  return (known ?? books.manufacturers.insert({ name: brand, createTime: clock.now(), timeStamp: clock.now() }))
    .manufacturerID;
}

function itemFacts(row: ItemRow, { books }: Call): unknown {
  return {
    itemId: String(row.itemID),
    systemSku: row.systemSku,
    description: row.description,
    itemType: row.itemType,
    upc: row.upc,
    ean: row.ean,
    customSku: row.customSku,
    manufacturerSku: row.manufacturerSku,
    brand: books.manufacturers.get(row.manufacturerID)?.name ?? '',
    archived: row.archived,
    prices: Object.fromEntries(
      row.prices.map(({ level, amount }) => [books.priceLevels.get(level)?.name ?? String(level), amount]),
    ),
    stock: books.itemShops
      .by('itemID', row.itemID)
      .filter(({ shopID }) => shopID !== 0)
      .map(({ shopID, qoh, backorder, reorderPoint, reorderLevel }) => ({
        shopId: String(shopID),
        qoh,
        backorder,
        reorderPoint,
        reorderLevel,
      })),
  };
}
