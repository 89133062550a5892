import type { Fields, RowOf } from '../books/row.ts';
import { refundSale } from '../sales/refund-sale.ts';
import { createSale, removeSale, updateSale } from '../sales/write-sale.ts';
import { customer } from './customer.ts';
import type { Call, Resource } from './resource.ts';
import { saleLine } from './sale-line.ts';
import { salePayment } from './sale-payment.ts';
import { shipTo } from './ship-to.ts';
import { shop } from './shop.ts';
import { taxCategory } from './tax-category.ts';

const fields = {
  saleID: 'id',
  timeStamp: 'time',
  discountPercent: 'number',
  completed: 'flag',
  archived: 'flag',
  voided: 'flag',
  enablePromotions: 'flag',
  isTaxInclusive: 'flag',
  createTime: 'time',
  completeTime: 'time',
  referenceNumber: 'text',
  referenceNumberSource: 'text',
  tax1Rate: 'number',
  tax2Rate: 'number',
  change: 'number',
  tipEnabled: 'flag',
  receiptPreference: 'text',
  displayableSubtotal: 'number',
  ticketNumber: 'text',
  calcDiscount: 'number',
  calcTotal: 'number',
  calcSubtotal: 'number',
  calcTaxable: 'number',
  calcNonTaxable: 'number',
  calcAvgCost: 'number',
  calcFIFOCost: 'number',
  calcTax1: 'number',
  calcTax2: 'number',
  calcPayments: 'number',
  calcTips: 'number',
  calcItemFees: 'number',
  total: 'number',
  totalDue: 'number',
  displayableTotal: 'number',
  balance: 'number',
  customerID: 'id',
  discountID: 'id',
  employeeID: 'id',
  tipEmployeeID: 'id',
  quoteID: 'id',
  registerID: 'id',
  shipToID: 'id',
  shopID: 'id',
  taxCategoryID: 'id',
} as const satisfies Fields;

export type SaleRow = RowOf<typeof fields> & {
  updatedAt: number | null;
  printedNote: string;
  internalNote: string;
  taxTotal: string;
};

/** Both names are always open to filters; the switch decides which of them an answer shows. */
const updateTimeField = (name: 'updateTime' | 'updatetime') => ({
  kind: 'time' as const,
  shown: true,
  filter: (row: SaleRow) => row.updatedAt,
  of: (row: SaleRow, call: Call) =>
    call.switches.get('sale-update-time', call.books.account) === name ? row.updatedAt : null,
});

export const sale: Resource<SaleRow> = {
  name: 'Sale',
  key: 'saleID',
  fields,
  table: (books) => books.sales,
  rights: { read: ['register', 'register_read'], write: ['register'] },
  list: true,
  one: true,
  sortable: ['saleID', 'timeStamp', 'completeTime', 'updatetime', 'updateTime'],
  sortAliases: { updatetime: 'updatedAt', updateTime: 'updatedAt' },
  computed: {
    updateTime: updateTimeField('updateTime'),
    updatetime: updateTimeField('updatetime'),
    taxTotal: { kind: 'number', shown: true, of: (row) => row.taxTotal },
  },
  relations: {
    SaleLines: { kind: 'many', resource: saleLine, by: 'saleID' },
    SalePayments: { kind: 'many', resource: salePayment, by: 'saleID' },
    Customer: { kind: 'one', resource: customer, via: 'customerID' },
    Shop: { kind: 'one', resource: shop, via: 'shopID' },
    ShipTo: { kind: 'one', resource: shipTo, via: 'shipToID' },
    TaxCategory: { kind: 'one', resource: taxCategory, via: 'taxCategoryID' },
    SaleNotes: { kind: 'made', many: true, make: wireNotes },
    Discount: { kind: 'made', many: false, make: () => undefined },
    Quote: { kind: 'made', many: false, make: () => undefined },
  },
  writeRelations: ['Shop', 'Customer', 'TaxCategory', 'SaleLines', 'SalePayments'],
  create: createSale,
  update: updateSale,
  remove: removeSale,
  subPaths: {
    SaleLine: {
      method: 'GET',
      rights: ['register', 'register_read'],
      run: (row, _body, { books }) => ({
        resource: saleLine,
        rows: books.saleLines.by('saleID', row.saleID),
        isList: true,
      }),
    },
    refund: {
      method: 'POST',
      rights: ['register_refund'],
      run: (row, body, call) => ({ resource: sale, rows: [refundSale(row, body, call)], isList: false }),
    },
  },
  find: (id, books) => books.sales.get(id) ?? books.sales.get(id - 220_000_000_000), // a ticket number will do
};

function wireNotes(row: SaleRow): { [name: string]: { note: string } } | undefined {
  const notes: { [name: string]: { note: string } } = {};
  if (row.printedNote) notes['PrintedNote'] = { note: row.printedNote };
  if (row.internalNote) notes['InternalNote'] = { note: row.internalNote };
  return Object.keys(notes).length > 0 ? notes : undefined;
}
