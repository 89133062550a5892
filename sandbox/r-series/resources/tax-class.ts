import type { Fields, RowOf } from '../books/row.ts';
import { bodyScalars } from '../wire/read-body.ts';
import { Refusal } from '../wire/refusal.ts';
import type { Resource } from './resource.ts';

const fields = { taxClassID: 'id', name: 'text', timeStamp: 'time' } as const satisfies Fields;

export type TaxClassRow = RowOf<typeof fields>;

export const taxClass: Resource<TaxClassRow> = {
  name: 'TaxClass',
  key: 'taxClassID',
  fields,
  table: (books) => books.taxClasses,
  rights: { read: [], write: ['admin_shops', 'admin'] },
  list: true,
  one: true,
  sortable: ['taxClassID', 'timeStamp'],
  create(body, call) {
    const values = bodyScalars<TaxClassRow>(fields, ['name'], body);
    if (!values.name) throw new Refusal(400, 'name cannot be blank.');
    return call.books.taxClasses.insert({ ...values, timeStamp: call.clock.now() });
  },
  update: (row, body, call) =>
    call.books.taxClasses.update(row, {
      ...bodyScalars<TaxClassRow>(fields, ['name'], body),
      timeStamp: call.clock.now(),
    }),
  remove: (row, call) => call.books.taxClasses.remove(row),
};
