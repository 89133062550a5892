import type { AccountRow } from '../oauth/oauth-tables.ts';
import type { WireObject } from '../wire/wire-json.ts';
import type { Call } from './resource.ts';

/** GET /Account.json: the one account of the token, by recording. */
export function accountList({ accountID, name }: AccountRow): WireObject {
  const link = { '@attributes': { href: `/API/Account/${accountID}` } };
  return { '@attributes': { count: '1' }, Account: { accountID: String(accountID), name, link } };
}

/** GET /Account/{id}.json: flat, without a wrapper. */
export function accountAnswer({ accountID, name }: AccountRow, { books }: Call): WireObject {
  const dollar = { code: 'USD', symbol: '$' };
  return {
    '@attributes': { systemCustomerID: String(accountID) },
    status: 'active',
    name,
    employeeCount: String(books.employees.size),
    employeeLimit: '50',
    uniqueSubscriptionIdentifier: `sandbox-${accountID}`,
    defaultCurrency: dollar,
    purchasingCurrencies: { purchasingCurrency: [dollar] },
  };
}
