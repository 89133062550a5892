import { LightspeedError } from './lightspeed-error.ts';
import type { PagesParts } from './pages.ts';
import { allRows } from './pages.ts';
import type { Till } from './till.ts';
import type { TillRequest } from './till-request.ts';
import { accountParser, sessionParser } from './wire/account.ts';
import { itemFeeParser } from './wire/item-fee.ts';
import { manufacturerParser } from './wire/manufacturer.ts';
import { paymentTypeParser } from './wire/payment-type.ts';
import { priceLevelParser } from './wire/price-level.ts';
import { onlyRow, rowsOf } from './wire/row-parser.ts';
import { employeeParser, registerParser, shopParser } from './wire/shop.ts';
import { taxCategoryParser } from './wire/tax-category.ts';

export type AccountCalls = Pick<
  Till,
  | 'account'
  | 'session'
  | 'shops'
  | 'employees'
  | 'registers'
  | 'priceLevels'
  | 'paymentTypes'
  | 'taxCategories'
  | 'manufacturers'
  | 'hasItemFees'
  | 'createTaxCategory'
>;

/** What an account has and is set up with. Lists tell archived rows too: a choice made earlier may be one of them. */
export function accountCalls(parts: PagesParts): AccountCalls {
  const { call, accountId } = parts;
  const list = (resource: string, more: Partial<TillRequest> = {}): TillRequest => ({
    method: 'GET',
    resource,
    ...more,
  });
  const withArchived = (resource: string) => list(resource, { query: { archived: 'true', limit: '100' } });
  return {
    async account() {
      const rows = rowsOf(accountParser, (await call(list('Account'))).body);
      const own = rows.find((row) => row.accountId === accountId);
      if (!own) throw new LightspeedError('malformed', "Account: the answer doesn't hold the connection's own account");
      return own;
    },
    async session() {
      // Flat: the one answer without a wrapper.
      return sessionParser.parse((await call({ method: 'GET', resource: 'Session' })).body);
    },
    shops: () => allRows(parts, withArchived('Shop'), shopParser),
    employees: () => allRows(parts, withArchived('Employee'), employeeParser),
    registers: () => allRows(parts, withArchived('Register'), registerParser),
    priceLevels: () => allRows(parts, withArchived('PriceLevel'), priceLevelParser),
    paymentTypes: () => allRows(parts, withArchived('PaymentType'), paymentTypeParser),
    taxCategories: () => allRows(parts, list('TaxCategory', { relations: ['TaxCategoryClasses'] }), taxCategoryParser),
    manufacturers: () => allRows(parts, list('Manufacturer'), manufacturerParser),
    async hasItemFees() {
      return rowsOf(itemFeeParser, (await call(list('ItemFee', { query: { limit: '1' } }))).body).length > 0;
    },
    async createTaxCategory({ name, rate }, options) {
      const body = { isTaxInclusive: false, tax1Name: name, tax1Rate: rate, tax2Rate: '0' };
      const answer = await call({ method: 'POST', resource: 'TaxCategory', body }, options);
      return onlyRow(taxCategoryParser, answer.body).taxCategoryId;
    },
  };
}
