import type { Fields, RowOf } from '../books/row.ts';
import { bodyScalars } from '../wire/read-body.ts';
import type { Resource } from './resource.ts';

const fields = {
  priceLevelID: 'id',
  name: 'text',
  archived: 'flag',
  canBeArchived: 'flag',
  type: 'text',
  Calculation: 'text',
} as const satisfies Fields;

export type PriceLevelRow = RowOf<typeof fields>;

export const priceLevel: Resource<PriceLevelRow> = {
  name: 'PriceLevel',
  key: 'priceLevelID',
  fields,
  table: (books) => books.priceLevels,
  rights: { read: [], write: ['admin'] },
  list: true,
  one: true,
  sortable: ['priceLevelID', 'name'], // the page lists "orderLineID", taken for a slip
  update: (row, body, call) =>
    call.books.priceLevels.update(row, bodyScalars<PriceLevelRow>(fields, ['name', 'archived'], body)),
};
