import type { Fields, RowOf } from '../books/row.ts';
import { bodyScalars } from '../wire/read-body.ts';
import { Refusal } from '../wire/refusal.ts';
import type { Resource } from './resource.ts';

const fields = {
  paymentTypeID: 'id',
  name: 'text',
  requireCustomer: 'flag',
  archived: 'flag',
  internalReserved: 'flag',
  type: 'text',
  refundAsPaymentTypeID: 'id',
} as const satisfies Fields;

export type PaymentTypeRow = RowOf<typeof fields>;

export const paymentType: Resource<PaymentTypeRow> = {
  name: 'PaymentType',
  key: 'paymentTypeID',
  fields,
  table: (books) => books.paymentTypes,
  rights: { read: [], write: ['admin'] },
  list: true,
  one: true,
  sortable: ['paymentTypeID'],
  create(body, call) {
    const values = bodyScalars<PaymentTypeRow>(fields, ['name', 'requireCustomer', 'refundAsPaymentTypeID'], body);
    if (!values.name) throw new Refusal(400, 'name cannot be blank.');
    return call.books.paymentTypes.insert({ ...values, type: 'user defined' }); // whatever was sent
  },
  update: (row, body, call) =>
    call.books.paymentTypes.update(row, bodyScalars<PaymentTypeRow>(fields, ['name', 'requireCustomer'], body)),
  remove(row, call) {
    if (row.internalReserved) throw new Refusal(400, 'A reserved payment type cannot be archived.');
    call.books.paymentTypes.update(row, { archived: true });
  },
};
