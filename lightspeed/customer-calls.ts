import type { PagesParts } from './pages.ts';
import { allRows } from './pages.ts';
import type { Till, TillCustomer } from './till.ts';
import { customerParser } from './wire/customer.ts';
import { customerBody } from './wire/customer-body.ts';
import { onlyRow } from './wire/row-parser.ts';

export type CustomerCalls = Pick<Till, 'customersByEmail' | 'unarchiveCustomer' | 'createCustomer'>;

/** Serialises nothing: two callers that look for one address at the same moment may both create it. */
export function customerCalls(parts: PagesParts): CustomerCalls {
  const { call } = parts;
  return {
    async customersByEmail(email) {
      const wanted = folded(email);
      const query = { 'Contact.email': wanted, archived: 'true', sort: 'customerID', limit: '100' };
      const rows = await allRows(
        parts,
        { method: 'GET', resource: 'Customer', query, relations: ['Contact'] },
        customerParser,
      );
      // A till that ignores the filter would answer with its first customers.
      const matching = rows.filter(({ emails }) => emails.some((address) => folded(address) === wanted));
      return matching
        .map(({ customerId, archived, createdAt }) => ({ customerId, archived, createdAt }))
        .sort(olderFirst);
    },
    async unarchiveCustomer(customerId) {
      await call({ method: 'PUT', resource: 'Customer', id: customerId, body: { archived: false } });
    },
    async createCustomer(customer, options) {
      const answer = await call({ method: 'POST', resource: 'Customer', body: customerBody(customer) }, options);
      return onlyRow(customerParser, answer.body).customerId;
    },
  };
}

function folded(email: string): string {
  return email.trim().toLowerCase();
}

function olderFirst(one: TillCustomer, other: TillCustomer): number {
  const byTime = (one.createdAt?.getTime() ?? 0) - (other.createdAt?.getTime() ?? 0);
  return byTime === 0 ? Number(one.customerId) - Number(other.customerId) : byTime;
}
