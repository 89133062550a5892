import type { Fields, RowOf } from '../books/row.ts';
import { bodyScalars } from '../wire/read-body.ts';
import { Refusal } from '../wire/refusal.ts';
import type { Resource } from './resource.ts';

const fields = { manufacturerID: 'id', name: 'text', createTime: 'time', timeStamp: 'time' } as const satisfies Fields;

export type ManufacturerRow = RowOf<typeof fields>;

export const manufacturer: Resource<ManufacturerRow> = {
  name: 'Manufacturer',
  key: 'manufacturerID',
  fields,
  table: (books) => books.manufacturers,
  rights: {
    read: ['manufacturers', 'inventory', 'inventory_read', 'register', 'register_read'],
    write: ['manufacturers', 'inventory'],
  },
  list: true,
  one: true,
  sortable: ['manufacturerID', 'timeStamp', 'name'],
  create(body, call) {
    const values = bodyScalars<ManufacturerRow>(fields, ['name'], body);
    if (!values.name) throw new Refusal(400, 'name cannot be blank.');
    return call.books.manufacturers.insert({ ...values, createTime: call.clock.now(), timeStamp: call.clock.now() });
  },
  update: (row, body, call) =>
    call.books.manufacturers.update(row, {
      ...bodyScalars<ManufacturerRow>(fields, ['name'], body),
      timeStamp: call.clock.now(),
    }),
};
