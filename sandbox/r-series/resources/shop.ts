import type { Fields, RowOf } from '../books/row.ts';
import { bodyScalars } from '../wire/read-body.ts';
import { Refusal } from '../wire/refusal.ts';
import { contact, writeContact } from './contact.ts';
import { priceLevel } from './price-level.ts';
import { register } from './register.ts';
import type { Resource } from './resource.ts';
import { taxCategory } from './tax-category.ts';

const fields = {
  shopID: 'id',
  name: 'text',
  serviceRate: 'number',
  timeZone: 'text',
  taxLabor: 'flag',
  labelTitle: 'text',
  labelMsrp: 'flag',
  archived: 'flag',
  timeStamp: 'time',
  companyRegistrationNumber: 'text',
  vatNumber: 'text',
  zebraBrowserPrint: 'flag',
  contactID: 'id',
  taxCategoryID: 'id',
  receiptSetupID: 'id',
  ccGatewayID: 'id',
  gatewayConfigID: 'id',
  priceLevelID: 'id',
} as const satisfies Fields;

export type ShopRow = RowOf<typeof fields>;
const writable = [
  'name',
  'serviceRate',
  'timeZone',
  'taxLabor',
  'archived',
  'vatNumber',
  'taxCategoryID',
  'priceLevelID',
] as const;

export const shop: Resource<ShopRow> = {
  name: 'Shop',
  key: 'shopID',
  fields,
  table: (books) => books.shops,
  rights: { read: [], write: ['admin_shops', 'admin'] },
  list: true,
  one: true,
  sortable: ['shopID'],
  relations: {
    Contact: { kind: 'one', resource: contact, via: 'contactID' },
    TaxCategory: { kind: 'one', resource: taxCategory, via: 'taxCategoryID' },
    PriceLevel: { kind: 'one', resource: priceLevel, via: 'priceLevelID' },
    Registers: { kind: 'many', resource: register, by: 'shopID' },
    ShelfLocations: { kind: 'made', many: true, make: () => undefined },
    ReceiptSetup: { kind: 'made', many: false, make: () => undefined },
    CCGateway: { kind: 'made', many: false, make: () => undefined },
  },
  create(body, call) {
    const values = bodyScalars<ShopRow>(fields, writable, body);
    if (!values.name) throw new Refusal(400, 'name cannot be blank.');
    return call.books.shops.insert({ ...values, contactID: writeContact(body, 0, call), timeStamp: call.clock.now() });
  },
  update(row, body, call) {
    const contactID = writeContact(body, row.contactID, call);
    return call.books.shops.update(row, {
      ...bodyScalars<ShopRow>(fields, writable, body),
      contactID,
      timeStamp: call.clock.now(),
    });
  },
};
