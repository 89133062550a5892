import { writeContact } from '../resources/contact.ts';
import type { Call } from '../resources/resource.ts';
import type { SaleRow } from '../resources/sale.ts';
import type { ShipToRow } from '../resources/ship-to.ts';
import type { Body } from '../wire/read-body.ts';
import { bodyScalars, isBody } from '../wire/read-body.ts';
import { Refusal } from '../wire/refusal.ts';
import { completeSale } from './complete-sale.ts';
import { recalculateSale } from './recalculate-sale.ts';
import { saleCustomer, saleEmployee, saleRegister, saleShop } from './sale-parties.ts';
import { writeLines } from './write-lines.ts';
import { writePayments } from './write-payments.ts';

const fields = {
  discountPercent: 'number',
  referenceNumber: 'text',
  referenceNumberSource: 'text',
  receiptPreference: 'text',
  customerID: 'id',
  employeeID: 'id',
  registerID: 'id',
  shopID: 'id',
  taxCategoryID: 'id',
  completed: 'flag',
  completeTime: 'time',
  enablePromotions: 'flag',
  archived: 'flag',
} as const;
type Given = Partial<Pick<SaleRow, keyof typeof fields>>;
const names = Object.keys(fields) as (keyof typeof fields)[];

/** POST Sale, open or completed at once. @throws Refusal; nothing of a refused sale is kept */
export function createSale(body: Body, call: Call): SaleRow {
  const { books, clock } = call;
  const { completed = false, completeTime = null, archived: _, ...given } = bodyScalars<Given>(fields, names, body);
  const register = given.registerID ? saleRegister(given.registerID, call) : undefined;
  const shop = saleShop(given.shopID ?? register?.shopID ?? 0, register, call);
  const employee = saleEmployee(given.employeeID ?? call.employeeID, shop.shopID, call);
  const customer = saleCustomer(given.customerID ?? 0, body, call);
  const now = clock.now();
  const sale = books.sales.insert({
    taxCategoryID: customer?.taxCategoryID || shop.taxCategoryID,
    ...given,
    shopID: shop.shopID,
    employeeID: employee.employeeID,
    customerID: customer?.customerID ?? 0,
    createTime: now,
    updatedAt: now,
    timeStamp: now,
  });
  requireTaxCategory(sale, call);
  books.sales.update(sale, { ticketNumber: String(220_000_000_000 + sale.saleID) });
  writeParts(sale, body, completed, completeTime, call);
  return sale;
}

/** PUT Sale: lines and payments without an id are appended. @throws Refusal */
export function updateSale(sale: SaleRow, body: Body, call: Call): SaleRow {
  const {
    enablePromotions: _,
    completed = false,
    completeTime = null,
    ...given
  } = bodyScalars<Given>(fields, names, body);
  if (sale.voided) throw new Refusal(400, 'A voided Sale cannot be changed.');
  if (sale.completed) return updateCompleted(sale, body, given, call);
  if (given.archived) throw new Refusal(400, 'Use DELETE to archive a Sale.');
  const { books, clock } = call;
  const register = given.registerID ? saleRegister(given.registerID, call) : undefined;
  if (given.shopID || register) saleShop(given.shopID ?? sale.shopID, register, call);
  if (given.employeeID) saleEmployee(given.employeeID, given.shopID ?? sale.shopID, call);
  const customer =
    given.customerID || isBody(body['Customer']) ? saleCustomer(given.customerID ?? 0, body, call) : undefined;
  const now = clock.now();
  const category = customer?.taxCategoryID ? { taxCategoryID: customer.taxCategoryID } : {};
  const customerID = customer ? { customerID: customer.customerID } : {};
  books.sales.update(sale, { ...category, ...given, ...customerID, updatedAt: now, timeStamp: now });
  requireTaxCategory(sale, call);
  writeParts(sale, body, completed, completeTime, call);
  return sale;
}

/** DELETE Sale archives an open one. @throws Refusal 400 for a completed one */
export function removeSale(sale: SaleRow, { books, clock }: Call): void {
  if (sale.completed) throw new Refusal(400, 'A completed Sale cannot be archived.');
  books.sales.update(sale, { archived: true, updatedAt: clock.now(), timeStamp: clock.now() });
}

function updateCompleted(sale: SaleRow, body: Body, given: Given, { books, clock }: Call): SaleRow {
  if (body['SaleLines'] !== undefined || body['SalePayments'] !== undefined) {
    throw new Refusal(400, 'Lines and payments of a completed Sale cannot be changed.');
  }
  const { referenceNumber = sale.referenceNumber, referenceNumberSource = sale.referenceNumberSource } = given;
  return books.sales.update(sale, {
    referenceNumber,
    referenceNumberSource,
    ...notes(body),
    updatedAt: clock.now(),
    timeStamp: clock.now(),
  });
}

function writeParts(sale: SaleRow, body: Body, completed: boolean, completeTime: number | null, call: Call): void {
  call.books.sales.update(sale, notes(body));
  writeShipTo(sale, body, call);
  writeLines(sale, body, call);
  writePayments(sale, body, call);
  recalculateSale(sale, call);
  if (completed) completeSale(sale, completeTime, call);
}

function requireTaxCategory(sale: SaleRow, { books }: Call): void {
  if (sale.taxCategoryID !== 0 && !books.taxCategories.get(sale.taxCategoryID)) {
    throw new Refusal(400, `Object of type 'TaxCategory' not found with primary ID '${sale.taxCategoryID}'.`);
  }
}

function writeShipTo(sale: SaleRow, body: Body, call: Call): void {
  const { books, clock } = call;
  const given = body['ShipTo'];
  if (!isBody(given)) return;
  if (sale.customerID === 0) throw new Refusal(400, 'ShipTo requires a customer.');
  const shipFields = {
    shipped: 'flag',
    shipNote: 'text',
    firstName: 'text',
    lastName: 'text',
    company: 'text',
  } as const;
  const old = books.shipTos.get(sale.shipToID);
  const values: Partial<ShipToRow> = {
    ...bodyScalars<ShipToRow>(shipFields, ['shipped', 'shipNote', 'firstName', 'lastName', 'company'], given),
    contactID: writeContact(given, old?.contactID ?? 0, call),
    customerID: sale.customerID,
    saleID: sale.saleID,
    timeStamp: clock.now(),
  };
  const shipTo = old ? books.shipTos.update(old, values) : books.shipTos.insert(values);
  books.sales.update(sale, { shipToID: shipTo.shipToID });
}

function notes(body: Body): Partial<SaleRow> {
  const given = isBody(body['SaleNotes']) ? body['SaleNotes'] : {};
  const textOf = (name: string): string | undefined => {
    const note = given[name];
    return isBody(note) ? bodyScalars<{ note: string }>({ note: 'text' }, ['note'], note).note : undefined;
  };
  const printedNote = textOf('PrintedNote');
  const internalNote = textOf('InternalNote');
  return { ...(printedNote !== undefined && { printedNote }), ...(internalNote !== undefined && { internalNote }) };
}
