import type { Fields, RowOf } from '../books/row.ts';
import { contact } from './contact.ts';
import type { Resource } from './resource.ts';

const fields = {
  shipToID: 'id',
  shipped: 'flag',
  timeStamp: 'time',
  shipNote: 'text',
  firstName: 'text',
  lastName: 'text',
  company: 'text',
  customerID: 'id',
  saleID: 'id',
  contactID: 'id',
} as const satisfies Fields;

export type ShipToRow = RowOf<typeof fields>;

/** Where a sale is shipped to; GET only, written inside of the sale. */
export const shipTo: Resource<ShipToRow> = {
  name: 'ShipTo',
  key: 'shipToID',
  fields,
  table: (books) => books.shipTos,
  rights: { read: ['register', 'register_read'], write: [] },
  list: true,
  one: true,
  sortable: ['shipToID', 'timeStamp', 'saleID'],
  relations: { Contact: { kind: 'one', resource: contact, via: 'contactID' } },
};
