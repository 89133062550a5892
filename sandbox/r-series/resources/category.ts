import type { Fields, RowOf } from '../books/row.ts';
import { bodyScalars } from '../wire/read-body.ts';
import { Refusal } from '../wire/refusal.ts';
import type { Resource } from './resource.ts';

const fields = {
  categoryID: 'id',
  name: 'text',
  nodeDepth: 'number',
  fullPathName: 'text',
  leftNode: 'number',
  rightNode: 'number',
  createTime: 'time',
  timeStamp: 'time',
  parentID: 'id',
} as const satisfies Fields;

export type CategoryRow = RowOf<typeof fields>;

export const category: Resource<CategoryRow> = {
  name: 'Category',
  key: 'categoryID',
  fields,
  table: (books) => books.categories,
  rights: {
    read: ['categories', 'inventory', 'inventory_read', 'register', 'register_read'],
    write: ['categories', 'inventory'],
  },
  list: true,
  one: true,
  sortable: ['categoryID', 'timeStamp', 'name'],
  create(body, call) {
    const values = bodyScalars<CategoryRow>(fields, ['name', 'parentID'], body);
    if (!values.name) throw new Refusal(400, 'name cannot be blank.');
    const parent = call.books.categories.get(values.parentID ?? 0);
    const fullPathName = parent ? `${parent.fullPathName}/${values.name}` : values.name;
    const nodeDepth = parent ? String(Number(parent.nodeDepth) + 1) : '0';
    return call.books.categories.insert({
      ...values,
      fullPathName,
      nodeDepth,
      createTime: call.clock.now(),
      timeStamp: call.clock.now(),
    });
  },
  update: (row, body, call) =>
    call.books.categories.update(row, {
      ...bodyScalars<CategoryRow>(fields, ['name'], body),
      timeStamp: call.clock.now(),
    }),
  remove: (row, call) => call.books.categories.remove(row),
};
