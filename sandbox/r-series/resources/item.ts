import type { Fields, RowOf } from '../books/row.ts';
import { blankRow } from '../books/row.ts';
import { clearStock } from '../books/stock.ts';
import type { WireValue } from '../wire/wire-json.ts';
import { oneOrMany } from '../wire/wire-json.ts';
import { category } from './category.ts';
import { itemFee } from './item-fee.ts';
import { itemShop } from './item-shop.ts';
import { manufacturer } from './manufacturer.ts';
import { note } from './note.ts';
import type { Call, Resource } from './resource.ts';
import { taxClass } from './tax-class.ts';
import { createItem, updateItem } from './write-item.ts';

const fields = {
  itemID: 'id',
  systemSku: 'text',
  defaultCost: 'number',
  avgCost: 'number',
  discountable: 'flag',
  tax: 'flag',
  archived: 'flag',
  itemType: 'text',
  serialized: 'flag',
  description: 'text',
  modelYear: 'number',
  upc: 'text',
  ean: 'text',
  customSku: 'text',
  manufacturerSku: 'text',
  createTime: 'time',
  timeStamp: 'time',
  publishToEcom: 'flag',
  categoryID: 'id',
  taxClassID: 'id',
  departmentID: 'id',
  itemMatrixID: 'id',
  manufacturerID: 'id',
  seasonID: 'id',
  defaultVendorID: 'id',
} as const satisfies Fields;

/** An amount per price level; levels that are not named are 0. */
export type ItemPrice = { readonly level: number; readonly amount: string };

export type ItemRow = RowOf<typeof fields> & {
  prices: readonly ItemPrice[];
  attributes: readonly string[];
  itemAttributeSetID: number;
  itemFeeID: number;
  noteID: number;
};

/** An item with the till's own defaults for what a POST leaves out. */
export function blankItem(): ItemRow {
  const own = { prices: [], attributes: [], itemAttributeSetID: 0, itemFeeID: 0, noteID: 0 };
  return { ...blankRow(fields), ...own, discountable: true, tax: true, itemType: 'default', publishToEcom: true };
}

export const item: Resource<ItemRow> = {
  name: 'Item',
  key: 'itemID',
  fields,
  table: (books) => books.items,
  rights: {
    read: ['inventory', 'inventory_read', 'inventory_base', 'register', 'register_read'],
    write: ['inventory', 'product_edit'],
  },
  list: true,
  one: true,
  sortable: ['itemID', 'timeStamp', 'description'],
  codes: { itemCode: ['itemID', 'systemSku', 'upc', 'ean'] }, // systemSku by recording, not in the docs
  relations: {
    Category: { kind: 'one', resource: category, via: 'categoryID' },
    TaxClass: { kind: 'one', resource: taxClass, via: 'taxClassID' },
    Manufacturer: { kind: 'one', resource: manufacturer, via: 'manufacturerID' },
    Note: { kind: 'one', resource: note, via: 'noteID' },
    ItemShops: { kind: 'many', resource: itemShop, by: 'itemID' },
    ItemFees: { kind: 'made', many: true, make: wireFees },
    ItemAttributes: { kind: 'made', many: false, make: wireAttributes },
    Images: { kind: 'made', many: true, make: () => undefined },
    ItemVendorNums: { kind: 'made', many: true, make: () => undefined },
    ItemComponents: { kind: 'made', many: true, make: () => undefined },
    ItemECommerce: { kind: 'made', many: false, make: () => undefined },
    TagRelations: { kind: 'made', many: true, make: () => undefined },
    CustomFieldValues: { kind: 'made', many: true, make: () => undefined },
    ItemPrices: { kind: 'made', many: true, make: (row, call) => wirePrices(row, call) },
  },
  compose: (row, call) => {
    const prices = wirePrices(row, call);
    return prices === undefined ? {} : { Prices: prices };
  },
  create: createItem,
  update: updateItem,
  remove(row, call) {
    call.books.items.update(row, { archived: true, timeStamp: call.clock.now() });
    clearStock(row.itemID, call); // irreversible: un-archiving does not bring it back
  },
};

function wirePrices(row: ItemRow, { books }: Call): WireValue | undefined {
  const levels = [...books.priceLevels.all()].filter((level) => !level.archived);
  const prices = levels.map((level) => ({
    amount: row.prices.find((price) => price.level === level.priceLevelID)?.amount ?? '0',
    useTypeID: String(level.priceLevelID),
    useType: level.name,
  }));
  const value = oneOrMany(prices);
  return value === undefined ? undefined : { ItemPrice: value };
}

function wireAttributes(row: ItemRow): WireValue | undefined {
  if (row.itemAttributeSetID === 0) return undefined;
  const [attribute1 = '', attribute2 = '', attribute3 = ''] = row.attributes;
  return { attribute1, attribute2, attribute3, itemAttributeSetID: String(row.itemAttributeSetID) };
}

function wireFees(row: ItemRow, { books }: Call): WireValue | undefined {
  const fee = books.itemFees.get(row.itemFeeID);
  return fee && { [itemFee.name]: { itemFeeID: String(fee.itemFeeID), name: fee.name, feeValue: fee.feeValue } };
}
