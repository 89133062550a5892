import { and, eq, or, sql } from 'drizzle-orm';
import type { Transaction } from '../database.ts';
import { refunds } from '../schema/orders.ts';
import { noSale } from './decide-refund.ts';

/** Notes, as a sale is sent or settled by hand, that what was given back before is not on it: none is made of its own. */
export async function takeRefundsOff(tx: Transaction, tenant: string, orderId: string): Promise<void> {
  const message = 'Taken off the sale: given back before it was made';
  const isOpen = or(eq(refunds.state, 'waiting'), eq(refunds.messageCode, noSale));
  await tx
    .update(refunds)
    .set({ inSale: true, state: 'not-exported', messageCode: 'in-sale', message, changedAt: sql`now()` })
    .where(and(eq(refunds.tenant, tenant), eq(refunds.orderId, orderId), isOpen));
}
