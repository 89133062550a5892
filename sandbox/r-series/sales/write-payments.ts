import type { Call } from '../resources/resource.ts';
import type { SaleRow } from '../resources/sale.ts';
import type { SalePaymentRow } from '../resources/sale-payment.ts';
import type { Body } from '../wire/read-body.ts';
import { bodyRows, bodyScalars } from '../wire/read-body.ts';
import { Refusal } from '../wire/refusal.ts';

const fields = {
  salePaymentID: 'id',
  amount: 'number',
  tipAmount: 'number',
  remoteReference: 'text',
  paymentTypeID: 'id',
  archived: 'flag',
} as const;
const names = Object.keys(fields) as (keyof typeof fields)[];

/** Writes the payments of a sale's body: a payment without salePaymentID is APPENDED. @throws Refusal 400 */
export function writePayments(sale: SaleRow, body: Body, call: Call): void {
  const { books, clock } = call;
  for (const given of bodyRows(body, 'SalePayments', 'SalePayment')) {
    const { salePaymentID = 0, ...values } = bodyScalars<SalePaymentRow>(fields, names, given);
    const old = books.salePayments.get(salePaymentID);
    if (salePaymentID > 0 && old?.saleID !== sale.saleID) {
      throw new Refusal(400, `Object of type 'SalePayment' not found with primary ID '${salePaymentID}'.`);
    }
    requirePaymentType(values.paymentTypeID ?? old?.paymentTypeID ?? 0, call);
    if (values.remoteReference) requireNewReference(values.remoteReference, salePaymentID, call);
    const timeStamp = clock.now();
    const { saleID, registerID, employeeID } = sale;
    if (old) books.salePayments.update(old, { ...values, timeStamp });
    else books.salePayments.insert({ ...values, saleID, registerID, employeeID, createTime: timeStamp, timeStamp });
  }
}

function requirePaymentType(paymentTypeID: number, { books }: Call): void {
  const type = books.paymentTypes.get(paymentTypeID);
  if (!type) throw new Refusal(400, `Object of type 'PaymentType' not found with primary ID '${paymentTypeID}'.`);
  if (type.archived) throw new Refusal(400, `PaymentType ${paymentTypeID} is archived.`);
}

function requireNewReference(remoteReference: string, ownID: number, { books, switches }: Call): void {
  if (switches.get('remote-reference-unique', books.account) === 'no') return;
  const others = books.salePayments
    .by('remoteReference', remoteReference)
    .filter((payment) => payment.salePaymentID !== ownID);
  if (others.length > 0)
    throw new Refusal(400, `A SalePayment with remoteReference '${remoteReference}' already exists.`);
}
