import type { Fields } from '../books/row.ts';
import { setStock } from '../books/stock.ts';
import type { Body } from '../wire/read-body.ts';
import { bodyRows, bodyScalars } from '../wire/read-body.ts';
import { Refusal } from '../wire/refusal.ts';
import type { ItemPrice, ItemRow } from './item.ts';
import { writeNote } from './note.ts';
import type { Call } from './resource.ts';

const writableFields = {
  defaultCost: 'number',
  discountable: 'flag',
  tax: 'flag',
  itemType: 'text',
  serialized: 'flag',
  description: 'text',
  modelYear: 'number',
  upc: 'text',
  ean: 'text',
  customSku: 'text',
  manufacturerSku: 'text',
  publishToEcom: 'flag',
  categoryID: 'id',
  taxClassID: 'id',
  departmentID: 'id',
  itemMatrixID: 'id',
  manufacturerID: 'id',
  seasonID: 'id',
  defaultVendorID: 'id',
} as const satisfies Fields;
const writable = Object.keys(writableFields) as (keyof typeof writableFields)[];
const itemTypes = ['default', 'non_inventory', 'box', 'assembly', 'serialized', 'serialized_assembly'];

/** POST Item. @throws Refusal 400 with the recorded message when there is no description */
export function createItem(body: Body, call: Call): ItemRow {
  const values = checked(bodyScalars<ItemRow>(writableFields, writable, body));
  if (!values.description) throw new Refusal(400, 'Item not created. An Item must have a description.');
  const now = call.clock.now();
  const row = call.books.items.insert({
    taxClassID: 1,
    ...values,
    avgCost: values.defaultCost ?? '0',
    prices: withPrices([], body, call),
    noteID: writeNote(body, 'Note', 0, call),
    createTime: now,
    timeStamp: now,
  });
  call.books.items.update(row, { systemSku: String(210_000_000_000 + row.itemID) });
  writeItemShops(row, body, call);
  return row;
}

/** PUT Item. Its ItemShops move stock without moving the item's own time stamp. */
export function updateItem(row: ItemRow, body: Body, call: Call): ItemRow {
  const values: Partial<ItemRow> = checked(bodyScalars<ItemRow>(writableFields, writable, body));
  if (values.description === '') throw new Refusal(400, 'Item not updated. An Item must have a description.');
  const { archived } = bodyScalars<ItemRow>({ archived: 'flag' }, ['archived'], body);
  if (archived === true && !row.archived) throw new Refusal(400, 'Item not updated. Use DELETE to archive an Item.');
  if (archived === false) values.archived = false;
  if (body['Prices'] !== undefined) values.prices = withPrices(row.prices, body, call);
  if (body['Note'] !== undefined) values.noteID = writeNote(body, 'Note', row.noteID, call);
  if (Object.keys(values).length > 0) call.books.items.update(row, { ...values, timeStamp: call.clock.now() });
  writeItemShops(row, body, call);
  return row;
}

function checked(values: Partial<ItemRow>): Partial<ItemRow> {
  if (values.itemType !== undefined && !itemTypes.includes(values.itemType)) {
    throw new Refusal(400, `itemType must be one of ${itemTypes.join(', ')}.`);
  }
  for (const field of ['upc', 'ean'] as const) {
    const code = values[field];
    if (code && !/^\d{11,14}$/.test(code)) throw new Refusal(400, `${field} must have 11 to 14 digits.`);
  }
  return values;
}

function withPrices(old: readonly ItemPrice[], body: Body, { books }: Call): readonly ItemPrice[] {
  const prices = new Map(old.map((price) => [price.level, price]));
  for (const given of bodyRows(body, 'Prices', 'ItemPrice')) {
    const price = bodyScalars<{ amount: string; useTypeID: number; useType: string }>(
      { amount: 'number', useTypeID: 'id', useType: 'text' },
      ['amount', 'useTypeID', 'useType'],
      given,
    );
    const level = [...books.priceLevels.all()].find(
      (level) => level.priceLevelID === price.useTypeID || level.name === price.useType,
    );
    if (!level) throw new Refusal(400, `There is no price level '${price.useType ?? price.useTypeID ?? ''}'.`);
    prices.set(level.priceLevelID, { level: level.priceLevelID, amount: price.amount ?? '0' });
  }
  return [...prices.values()];
}

function writeItemShops(row: ItemRow, body: Body, call: Call): void {
  const stockFields = {
    itemShopID: 'id',
    shopID: 'id',
    qoh: 'number',
    reorderPoint: 'number',
    reorderLevel: 'number',
  } as const;
  for (const given of bodyRows(body, 'ItemShops', 'ItemShop')) {
    const {
      itemShopID = 0,
      shopID: givenShopID = 0,
      ...stock
    } = bodyScalars<{
      itemShopID: number;
      shopID: number;
      qoh: string;
      reorderPoint: string;
      reorderLevel: string;
    }>(stockFields, ['itemShopID', 'shopID', 'qoh', 'reorderPoint', 'reorderLevel'], given);
    const shopID = itemShopID > 0 ? (call.books.itemShops.get(itemShopID)?.shopID ?? 0) : givenShopID;
    if (!call.books.shops.get(shopID)) throw new Refusal(400, 'ItemShop must name the itemShopID or shopID of a shop.');
    setStock({ itemID: row.itemID, shopID, stock, reason: 'set', saleID: 0 }, call);
  }
}
