import type { Fields, RowOf } from '../books/row.ts';
import type { Resource } from './resource.ts';

const fields = {
  itemFeeID: 'id',
  name: 'text',
  feeValue: 'number',
  timestamp: 'time',
  taxClassID: 'id',
} as const satisfies Fields;

export type ItemFeeRow = RowOf<typeof fields>;

/** A fee such as tyre recycling that sells with an item. `timestamp` is all lower case on this resource alone. */
export const itemFee: Resource<ItemFeeRow> = {
  name: 'ItemFee',
  key: 'itemFeeID',
  fields,
  table: (books) => books.itemFees,
  rights: { read: ['inventory', 'inventory_read'], write: ['inventory'] },
  list: true,
  one: true,
  sortable: ['itemFeeID'],
};
