import type { Fields, RowOf } from '../books/row.ts';
import { blankRow } from '../books/row.ts';
import type { Body } from '../wire/read-body.ts';
import { bodyRows, bodyScalars, isBody } from '../wire/read-body.ts';
import { wrapped } from '../wire/wire-json.ts';
import type { Call, Resource } from './resource.ts';

const fields = {
  contactID: 'id',
  custom: 'text',
  noEmail: 'flag',
  noPhone: 'flag',
  noMail: 'flag',
  timeStamp: 'time',
} as const satisfies Fields;
const addressFields = {
  address1: 'text',
  address2: 'text',
  city: 'text',
  state: 'text',
  stateCode: 'text',
  zip: 'text',
  country: 'text',
  countryCode: 'text',
} as const satisfies Fields;
const addressNames = Object.keys(addressFields) as (keyof typeof addressFields)[];

type Address = Partial<RowOf<typeof addressFields>>;
type Phone = { number: string; useType: string };
type Email = { address: string; useType: string };

export type ContactRow = RowOf<typeof fields> & {
  addresses: readonly Address[];
  phones: readonly Phone[];
  emails: readonly Email[];
  websites: readonly { url: string }[];
};

/** An empty contact. noEmail, noPhone and noMail are true unless sent false. */
export function blankContact(): ContactRow {
  const lists = { addresses: [], phones: [], emails: [], websites: [] };
  return { ...blankRow(fields), ...lists, noEmail: true, noPhone: true, noMail: true };
}

const phoneOf = (useType: string) => ({
  kind: 'text' as const,
  shown: false,
  of: (row: ContactRow) => row.phones.filter((phone) => phone.useType === useType).map((phone) => phone.number),
});

/** A Contact has no endpoint of its own; it comes with customers, employees, shops and shipping addresses. */
export const contact: Resource<ContactRow> = {
  name: 'Contact',
  key: 'contactID',
  fields,
  table: (books) => books.contacts,
  rights: { read: [], write: [] },
  list: false,
  one: false,
  sortable: [],
  computed: {
    email: { kind: 'text', shown: false, of: (row) => row.emails.map((email) => email.address) },
    mobile: phoneOf('Mobile'),
    phoneHome: phoneOf('Home'),
    phoneWork: phoneOf('Work'),
  },
  compose: (row) => ({
    Addresses: wrapped(
      'ContactAddress',
      row.addresses.map((address) => ({ ...address })),
    ),
    Phones: wrapped('ContactPhone', row.phones),
    Emails: wrapped('ContactEmail', row.emails),
    Websites: wrapped('ContactWebsite', row.websites),
  }),
};

/** The id of the contact in `body.Contact`: changed if `contactID` names one, else new; 0 when there is none. */
export function writeContact(body: Body, contactID: number, { books, clock }: Call): number {
  const given = isBody(body['Contact']) ? body['Contact'] : undefined;
  const old = books.contacts.get(contactID);
  if (!given) return old ? contactID : 0;
  const values: Partial<ContactRow> = {
    ...bodyScalars<ContactRow>(fields, ['custom', 'noEmail', 'noPhone', 'noMail'], given),
  };
  if (given['Addresses'] !== undefined) {
    values.addresses = bodyRows(given, 'Addresses', 'ContactAddress').map((address) =>
      bodyScalars<Address>(addressFields, addressNames, address),
    );
  }
  if (given['Phones'] !== undefined) {
    values.phones = bodyRows(given, 'Phones', 'ContactPhone').map((phone) => ({
      number: textOf(phone, 'number'),
      useType: textOf(phone, 'useType') || 'Home',
    }));
  }
  if (given['Emails'] !== undefined) {
    values.emails = bodyRows(given, 'Emails', 'ContactEmail').map((email) => ({
      address: textOf(email, 'address'),
      useType: textOf(email, 'useType') || 'Primary',
    }));
  }
  if (given['Websites'] !== undefined) {
    values.websites = bodyRows(given, 'Websites', 'ContactWebsite').map((website) => ({ url: textOf(website, 'url') }));
  }
  values.timeStamp = clock.now();
  return old ? books.contacts.update(old, values).contactID : books.contacts.insert(values).contactID;
}

function textOf(body: Body, name: string): string {
  return bodyScalars<Record<string, string>>({ [name]: 'text' }, [name], body)[name] ?? '';
}
