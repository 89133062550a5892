import type { Fields, RowOf } from '../books/row.ts';
import type { Resource } from './resource.ts';

const fields = {
  itemMatrixID: 'id',
  description: 'text',
  tax: 'flag',
  archived: 'flag',
  timeStamp: 'time',
  itemAttributeSetID: 'id',
  manufacturerID: 'id',
  categoryID: 'id',
} as const satisfies Fields;

export type ItemMatrixRow = RowOf<typeof fields>;

/** The parent of variants; what is sold are the items that name it. */
export const itemMatrix: Resource<ItemMatrixRow> = {
  name: 'ItemMatrix',
  key: 'itemMatrixID',
  fields,
  table: (books) => books.itemMatrices,
  rights: { read: ['inventory', 'inventory_read'], write: ['inventory'] },
  list: true,
  one: true,
  sortable: ['itemMatrixID', 'timeStamp'],
};
