import type { Fields, RowOf } from '../books/row.ts';
import type { Body } from '../wire/read-body.ts';
import { bodyScalars } from '../wire/read-body.ts';
import { Refusal } from '../wire/refusal.ts';
import { contact, writeContact } from './contact.ts';
import type { Call, Resource } from './resource.ts';

const fields = {
  customerID: 'id',
  firstName: 'text',
  lastName: 'text',
  dob: 'time',
  title: 'text',
  company: 'text',
  companyRegistrationNumber: 'text',
  vatNumber: 'text',
  createTime: 'time',
  timeStamp: 'time',
  archived: 'flag',
  contactID: 'id',
  creditAccountID: 'id',
  customerTypeID: 'id',
  discountID: 'id',
  taxCategoryID: 'id',
} as const satisfies Fields;

export type CustomerRow = RowOf<typeof fields>;

const writable = [
  'firstName',
  'lastName',
  'dob',
  'title',
  'company',
  'companyRegistrationNumber',
  'vatNumber',
  'customerTypeID',
  'discountID',
  'taxCategoryID',
] as const;

export const customer: Resource<CustomerRow> = {
  name: 'Customer',
  key: 'customerID',
  fields,
  table: (books) => books.customers,
  rights: { read: ['customers', 'customers_read', 'register'], write: ['customers', 'register'] },
  list: true,
  one: true,
  sortable: ['customerID', 'timeStamp', 'firstName', 'lastName'],
  relations: {
    Contact: { kind: 'one', resource: contact, via: 'contactID' },
    CustomFieldValues: { kind: 'made', many: true, make: () => undefined },
  },
  writeRelations: ['Contact'],
  compose: () => ({ Tags: '' }),
  create: createCustomer,
  update(row, body, call) {
    const flag = bodyScalars<CustomerRow>(fields, ['archived'], body);
    if (flag.archived && !row.archived) throw new Refusal(400, 'Use DELETE to archive a Customer.');
    const contactID = writeContact(body, row.contactID, call);
    return call.books.customers.update(row, {
      ...bodyScalars<CustomerRow>(fields, writable, body),
      ...flag,
      contactID,
      timeStamp: call.clock.now(),
    });
  },
  remove: (row, call) => void call.books.customers.update(row, { archived: true, timeStamp: call.clock.now() }),
};

/** POST Customer, also as an object inside of a sale. */
export function createCustomer(body: Body, call: Call): CustomerRow {
  const now = call.clock.now();
  const contactID = writeContact('Contact' in body ? body : { Contact: {} }, 0, call);
  return call.books.customers.insert({
    ...bodyScalars<CustomerRow>(fields, writable, body),
    contactID,
    createTime: now,
    timeStamp: now,
  });
}
