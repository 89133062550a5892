import type { Fields, RowOf } from '../books/row.ts';
import type { Resource } from './resource.ts';

const fields = {
  taxCategoryClassID: 'id',
  tax1Rate: 'number',
  tax2Rate: 'number',
  taxCategoryID: 'id',
  taxClassID: 'id',
  timeStamp: 'time',
} as const satisfies Fields;

export type TaxCategoryClassRow = RowOf<typeof fields>;

/** The rates of one tax class within one category; comes with TaxCategory. */
export const taxCategoryClass: Resource<TaxCategoryClassRow> = {
  name: 'TaxCategoryClass',
  key: 'taxCategoryClassID',
  fields,
  table: (books) => books.taxCategoryClasses,
  rights: { read: [], write: [] },
  list: false,
  one: false,
  sortable: [],
};
