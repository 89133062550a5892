import type { Fields, RowOf } from '../books/row.ts';
import type { Body } from '../wire/read-body.ts';
import { bodyRows, bodyScalars } from '../wire/read-body.ts';
import type { Call, Resource } from './resource.ts';
import type { TaxCategoryClassRow } from './tax-category-class.ts';
import { taxCategoryClass } from './tax-category-class.ts';

const fields = {
  taxCategoryID: 'id',
  tax1Name: 'text',
  tax2Name: 'text',
  tax1Rate: 'number',
  tax2Rate: 'number',
  timeStamp: 'time',
} as const satisfies Fields;

export type TaxCategoryRow = RowOf<typeof fields> & { isTaxInclusive: boolean };

const writable = ['tax1Name', 'tax2Name', 'tax1Rate', 'tax2Rate'] as const;

/** Whether prices contain this category's tax: by its own flag, or because the account is one of those. */
export function isInclusive(row: TaxCategoryRow, call: Call): boolean {
  return row.isTaxInclusive || call.switches.get('account-tax', call.books.account) === 'inclusive';
}

export const taxCategory: Resource<TaxCategoryRow> = {
  name: 'TaxCategory',
  key: 'taxCategoryID',
  fields,
  table: (books) => books.taxCategories,
  rights: { read: [], write: ['admin_shops', 'admin'] },
  list: true,
  one: true,
  sortable: ['taxCategoryID', 'timeStamp'],
  computed: { isTaxInclusive: { kind: 'flag', shown: true, of: isInclusive } },
  relations: { TaxCategoryClasses: { kind: 'many', resource: taxCategoryClass, by: 'taxCategoryID' } },
  writeRelations: ['TaxCategoryClasses'],
  create(body, call) {
    const row = call.books.taxCategories.insert(scalars(body, call));
    writeClasses(row, body, call);
    return row;
  },
  update(row, body, call) {
    call.books.taxCategories.update(row, scalars(body, call));
    writeClasses(row, body, call);
    return row;
  },
  remove(row, call) {
    for (const override of call.books.taxCategoryClasses.by('taxCategoryID', row.taxCategoryID))
      call.books.taxCategoryClasses.remove(override);
    call.books.taxCategories.remove(row);
  },
};

function scalars(body: Body, call: Call): Partial<TaxCategoryRow> {
  const flag = bodyScalars<TaxCategoryRow>({ isTaxInclusive: 'flag' }, ['isTaxInclusive'], body);
  return { ...bodyScalars<TaxCategoryRow>(fields, writable, body), ...flag, timeStamp: call.clock.now() };
}

function writeClasses(row: TaxCategoryRow, body: Body, { books, clock }: Call): void {
  for (const given of bodyRows(body, 'TaxCategoryClasses', 'TaxCategoryClass')) {
    const { taxCategoryClassID = 0, ...values } = bodyScalars<TaxCategoryClassRow>(
      taxCategoryClass.fields,
      ['taxCategoryClassID', 'tax1Rate', 'tax2Rate', 'taxClassID'],
      given,
    );
    const old = books.taxCategoryClasses.get(taxCategoryClassID);
    const patch = { ...values, taxCategoryID: row.taxCategoryID, timeStamp: clock.now() };
    if (old) books.taxCategoryClasses.update(old, patch);
    else books.taxCategoryClasses.insert(patch);
  }
}
