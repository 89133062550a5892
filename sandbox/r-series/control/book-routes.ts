import type { AccountBooks } from '../books/account-books.ts';
import type { SaleRow } from '../resources/sale.ts';
import { wireTime } from '../wire/wire-time.ts';
import type { ControlRoute } from './control-route.ts';
import { booksOf } from './control-route.ts';

/** Reading the books past the API, for the last word on what the till has done. */
export const bookRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/accounts/:account/books/sales',
    about: 'Completed sales that are neither voided nor archived, with lines and payments',
    run: (input) => ({ sales: completedSales(booksOf(input)).map((sale) => saleFacts(booksOf(input), sale)) }),
  },
  {
    method: 'GET',
    path: '/accounts/:account/books/open-sales',
    about: 'Sales that are not completed',
    run: (input) => ({
      sales: [...booksOf(input).sales.all()]
        .filter((sale) => !sale.completed)
        .map((sale) => saleFacts(booksOf(input), sale)),
    }),
  },
  {
    method: 'GET',
    path: '/accounts/:account/books/customers',
    about: 'All customers with e-mail addresses and addresses',
    run: (input) => ({ customers: customerFacts(booksOf(input)) }),
  },
  {
    method: 'GET',
    path: '/accounts/:account/books/stock-moves',
    about: 'What has moved stock, with the sale that did',
    run: (input) => ({
      moves: [...booksOf(input).inventoryLogs.all()].map((log) => ({
        saleId: String(log.saleID),
        itemId: String(log.itemID),
        shopId: String(log.shopID),
        change: log.qohChange,
        reason: log.reason,
        at: wireTime(log.createTime ?? 0),
      })),
    }),
  },
  { method: 'GET', path: '/accounts/:account/books/summary', about: 'Counts', run: (input) => summary(booksOf(input)) },
];

function completedSales(books: AccountBooks): SaleRow[] {
  return [...books.sales.all()].filter((sale) => sale.completed && !sale.voided && !sale.archived);
}

function saleFacts(books: AccountBooks, sale: SaleRow) {
  return {
    saleId: String(sale.saleID),
    ticketNumber: sale.ticketNumber,
    referenceNumber: sale.referenceNumber,
    referenceNumberSource: sale.referenceNumberSource,
    completed: sale.completed,
    archived: sale.archived,
    completeTime: sale.completeTime === null ? null : wireTime(sale.completeTime),
    createTime: wireTime(sale.createTime ?? 0),
    shopId: String(sale.shopID),
    registerId: String(sale.registerID),
    employeeId: String(sale.employeeID),
    customerId: String(sale.customerID),
    shipToId: String(sale.shipToID),
    taxCategoryId: String(sale.taxCategoryID),
    subtotal: sale.calcSubtotal,
    discount: sale.calcDiscount,
    tax: sale.taxTotal,
    total: sale.calcTotal,
    balance: sale.balance,
    change: sale.change,
    lines: books.saleLines.by('saleID', sale.saleID).map((line) => ({
      saleLineId: String(line.saleLineID),
      itemId: String(line.itemID),
      quantity: line.unitQuantity,
      unitPrice: line.unitPrice,
      discount: line.calcLineDiscount,
      isTaxed: line.tax,
      total: line.calcTotal,
      note: books.notes.get(line.noteID)?.note ?? '',
      parentSaleLineId: String(line.parentSaleLineID),
    })),
    payments: books.salePayments
      .by('saleID', sale.saleID)
      .filter((payment) => !payment.archived)
      .map(({ paymentTypeID, amount, remoteReference }) => ({
        paymentTypeId: String(paymentTypeID),
        amount,
        remoteReference,
      })),
  };
}

function customerFacts(books: AccountBooks) {
  return [...books.customers.all()].map((customer) => {
    const contact = books.contacts.get(customer.contactID);
    return {
      customerId: String(customer.customerID),
      firstName: customer.firstName,
      lastName: customer.lastName,
      company: customer.company,
      archived: customer.archived,
      emails: contact?.emails.map(({ address }) => address) ?? [],
      phones: contact?.phones.map(({ number }) => number) ?? [],
      addresses: contact?.addresses ?? [],
    };
  });
}

function summary(books: AccountBooks) {
  const completed = completedSales(books);
  const sales = [...books.sales.all()];
  const references = completed
    .filter((sale) => sale.referenceNumber !== '' && !isRefund(books, sale))
    .map((sale) => `${sale.referenceNumberSource}/${sale.referenceNumber}`);
  return {
    items: books.items.size,
    archivedItems: [...books.items.all()].filter(({ archived }) => archived).length,
    itemShops: books.itemShops.size,
    customers: books.customers.size,
    sales: sales.length,
    completedSales: completed.length,
    openSales: sales.filter((sale) => !sale.completed && !sale.archived).length,
    refunds: completed.filter((sale) => isRefund(books, sale)).length,
    /** Completed sales beyond the first with one reference; a refund may bear its sale's. */
    duplicateSales: references.length - new Set(references).size,
  };
}

function isRefund(books: AccountBooks, sale: SaleRow): boolean {
  return books.saleLines
    .by('saleID', sale.saleID)
    .some((line) => line.parentSaleLineID !== 0 && line.unitQuantity.startsWith('-'));
}
