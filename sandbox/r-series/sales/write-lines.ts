import type { ItemRow } from '../resources/item.ts';
import { writeNote } from '../resources/note.ts';
import type { Call } from '../resources/resource.ts';
import type { SaleRow } from '../resources/sale.ts';
import type { SaleLineRow } from '../resources/sale-line.ts';
import { plainText } from '../wire/plain-text.ts';
import type { Body } from '../wire/read-body.ts';
import { bodyRows, bodyScalars } from '../wire/read-body.ts';
import { Refusal } from '../wire/refusal.ts';

const fields = {
  saleLineID: 'id',
  unitQuantity: 'number',
  unitPrice: 'number',
  discountAmount: 'number',
  discountPercent: 'number',
  tax: 'flag',
  taxClassID: 'id',
  customerID: 'id',
  employeeID: 'id',
  itemID: 'id',
  parentSaleLineID: 'id',
} as const;
const names = Object.keys(fields) as (keyof typeof fields)[];

/** Writes the lines of a sale's body: a line without saleLineID is APPENDED, even when the body was sent before. */
export function writeLines(sale: SaleRow, body: Body, call: Call): void {
  for (const given of bodyRows(body, 'SaleLines', 'SaleLine')) {
    const { saleLineID = 0, ...values } = bodyScalars<SaleLineRow>(fields, names, given);
    const line = saleLineID > 0 ? changeLine(sale, saleLineID, values, call) : appendLine(sale, given, values, call);
    call.books.saleLines.update(line, { noteID: writeNote(given, 'Note', line.noteID, call) });
  }
}

function changeLine(
  sale: SaleRow,
  saleLineID: number,
  values: Partial<SaleLineRow>,
  { books, clock }: Call,
): SaleLineRow {
  const line = books.saleLines.get(saleLineID);
  if (!line || line.saleID !== sale.saleID)
    throw new Refusal(400, `Object of type 'SaleLine' not found with primary ID '${saleLineID}'.`);
  return books.saleLines.update(line, { ...values, timeStamp: clock.now() });
}

function appendLine(sale: SaleRow, given: Body, values: Partial<SaleLineRow>, call: Call): SaleLineRow {
  const { books, switches } = call;
  const item = lineItem(given, values.itemID ?? 0, call);
  if (values.discountAmount !== undefined && values.discountPercent !== undefined) {
    throw new Refusal(400, 'A SaleLine may have either discountAmount or discountPercent.');
  }
  const price = item ? itemPrice(item, sale.shopID, call) : '0';
  const line = insertLine(sale, { normalUnitPrice: price, unitPrice: price, ...itemValues(item), ...values }, call);
  const fee =
    item && switches.get('item-fees', books.account) === 'added' ? books.itemFees.get(item.itemFeeID) : undefined;
  if (fee) {
    const { unitQuantity, saleLineID: parentSaleLineID } = line;
    insertLine(
      sale,
      {
        unitQuantity,
        parentSaleLineID,
        unitPrice: fee.feeValue,
        normalUnitPrice: fee.feeValue,
        itemFeeID: fee.itemFeeID,
        taxClassID: fee.taxClassID,
      },
      call,
    );
  }
  return line;
}

function insertLine(sale: SaleRow, values: Partial<SaleLineRow>, { books, clock }: Call): SaleLineRow {
  const now = clock.now();
  const { saleID, shopID, employeeID, customerID } = sale;
  return books.saleLines.insert({
    unitQuantity: '1',
    tax: true,
    employeeID,
    customerID,
    ...values,
    saleID,
    shopID,
    createTime: now,
    timeStamp: now,
  });
}

function itemValues(item: ItemRow | undefined): Partial<SaleLineRow> {
  if (!item) return {};
  return {
    itemID: item.itemID,
    tax: item.tax,
    taxClassID: item.taxClassID,
    avgCost: item.avgCost,
    fifoCost: item.avgCost,
  };
}

/** The item by itemID, or by itemCode, which may be a system SKU, UPC or EAN; none for a miscellaneous line. */
function lineItem(given: Body, itemID: number, { books }: Call): ItemRow | undefined {
  const code = plainText(given['itemCode']);
  if (itemID === 0 && code === '') return undefined;
  const item =
    itemID > 0
      ? books.items.get(itemID)
      : (books.items.by('upc', code)[0] ??
        books.items.by('ean', code)[0] ??
        books.items.by('systemSku', code)[0] ??
        books.items.get(Number(code)));
  if (!item)
    throw new Refusal(
      400,
      `Object of type 'Item' not found with ${itemID > 0 ? `primary ID '${itemID}'` : `itemCode '${code}'`}.`,
    );
  if (item.archived) throw new Refusal(400, `Item ${item.itemID} is archived.`);
  return item;
}

function itemPrice(item: ItemRow, shopID: number, { books }: Call): string {
  const amountAt = (level: number): string | undefined =>
    item.prices.find((price) => price.level === level && price.amount !== '0')?.amount;
  return amountAt(books.shops.get(shopID)?.priceLevelID ?? 1) ?? amountAt(1) ?? '0';
}
