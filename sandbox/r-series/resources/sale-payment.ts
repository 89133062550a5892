import type { Fields, RowOf } from '../books/row.ts';
import { paymentType } from './payment-type.ts';
import type { Resource } from './resource.ts';

const fields = {
  salePaymentID: 'id',
  amount: 'number',
  tipAmount: 'number',
  createTime: 'time',
  timeStamp: 'time',
  archived: 'flag',
  remoteReference: 'text',
  paymentID: 'id',
  saleID: 'id',
  paymentTypeID: 'id',
  ccChargeID: 'id',
  refPaymentID: 'id',
  registerID: 'id',
  employeeID: 'id',
  creditAccountID: 'id',
} as const satisfies Fields;

export type SalePaymentRow = RowOf<typeof fields>;

/** Read-only: written through Sale. */
export const salePayment: Resource<SalePaymentRow> = {
  name: 'SalePayment',
  key: 'salePaymentID',
  fields,
  table: (books) => books.salePayments,
  rights: { read: ['register', 'register_read'], write: [] },
  list: true,
  one: true,
  sortable: ['salePaymentID', 'timeStamp', 'saleID'],
  relations: {
    PaymentType: { kind: 'one', resource: paymentType, via: 'paymentTypeID' },
    CCCharge: { kind: 'made', many: false, make: () => undefined },
    SaleAccounts: { kind: 'made', many: true, make: () => undefined },
    Signatures: { kind: 'made', many: true, make: () => undefined },
  },
};
