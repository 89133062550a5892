import type { Fields, RowOf } from '../books/row.ts';
import { item } from './item.ts';
import { note } from './note.ts';
import type { Resource } from './resource.ts';
import { taxClass } from './tax-class.ts';

const fields = {
  saleLineID: 'id',
  createTime: 'time',
  timeStamp: 'time',
  unitQuantity: 'number',
  unitPrice: 'number',
  normalUnitPrice: 'number',
  discountAmount: 'number',
  discountPercent: 'number',
  avgCost: 'number',
  fifoCost: 'number',
  tax: 'flag',
  tax1Rate: 'number',
  tax2Rate: 'number',
  isLayaway: 'flag',
  isWorkorder: 'flag',
  isSpecialOrder: 'flag',
  displayableSubtotal: 'number',
  displayableUnitPrice: 'number',
  lineType: 'text',
  calcLineDiscount: 'number',
  calcTransactionDiscount: 'number',
  calcTotal: 'number',
  calcSubtotal: 'number',
  calcTax1: 'number',
  calcTax2: 'number',
  taxClassID: 'id',
  customerID: 'id',
  discountID: 'id',
  employeeID: 'id',
  itemID: 'id',
  noteID: 'id',
  parentSaleLineID: 'id',
  shopID: 'id',
  taxCategoryID: 'id',
  saleID: 'id',
  itemFeeID: 'id',
} as const satisfies Fields;

export type SaleLineRow = RowOf<typeof fields>;

/** Written through Sale only. */
export const saleLine: Resource<SaleLineRow> = {
  name: 'SaleLine',
  key: 'saleLineID',
  fields,
  table: (books) => books.saleLines,
  rights: { read: ['register', 'register_read'], write: ['register'] },
  list: true,
  one: true,
  sortable: ['saleLineID', 'timeStamp', 'saleID'],
  relations: {
    Item: { kind: 'one', resource: item, via: 'itemID' },
    Note: { kind: 'one', resource: note, via: 'noteID' },
    TaxClass: { kind: 'one', resource: taxClass, via: 'taxClassID' },
    Discount: { kind: 'made', many: false, make: () => undefined },
    InventorySales: { kind: 'made', many: true, make: () => undefined },
  },
};
