import type { CustomerClaim } from '../../db/orders/customer-claim.ts';
import { claimCustomer, holdsCustomer, keepCustomer, releaseCustomer } from '../../db/orders/customer-claim.ts';
import { decideExport } from '../../db/orders/decide-export.ts';
import { loadOrderFacts } from '../../db/orders/load-order-facts.ts';
import type { SaleCustomer } from '../../domain/orders/sale-customer.ts';
import { LightspeedError } from '../../lightspeed/lightspeed-error.ts';
import type { Till, TillCustomer } from '../../lightspeed/till.ts';
import type { OrderExportInput } from '../../workflows/messages/orders.ts';
import { busy } from './busy.ts';
import { giveWay } from './give-way.ts';
import { newCustomer } from './new-customer.ts';
import type { OrderExportDeps } from './order-export.ts';
import { whileHeartbeating } from './while-heartbeating.ts';

/** Longer than a search and a create can take together. */
const leaseMs = 150_000;

/**
 * Finds the order's customer by the billing e-mail, else makes one with the billing address (R30). A customer who is
 * there is never written to, but for being brought back from the archive. One worker at a time per tenant and e-mail,
 * by a lease with a fence; after an unknown outcome nobody creates before the settle window has passed, and then
 * the search finds what was made. Safe to repeat: it searches first.
 * @throws ApplicationFailure `busy` while another order of the same person is at it.
 */
export async function findOrderCustomer(
  deps: OrderExportDeps,
  { tenant, orderId, settleWindowMs }: OrderExportInput,
): Promise<void> {
  const { db, ring } = deps;
  await whileHeartbeating(async () => {
    const facts = await loadOrderFacts(db, tenant, orderId);
    const customer = facts && decideExport(facts, { by: 'fact' }).plan?.customer;
    if (!facts || !customer) return;
    const hold = { tenant, orderId, fence: facts.ledger.fence, zone: facts.zone };
    const emailHash = ring.fingerprint(customer.email, `${tenant}/till_customers`);
    const claim = await claimCustomer(db, tenant, emailHash, leaseMs);
    if (!claim) throw busy('looking for the same customer');
    try {
      const till = await deps.openTill(tenant, 'order');
      await keepCustomer(db, claim, hold, await findOrCreate(deps, till, claim, customer));
    } catch (error) {
      const isUnknown = LightspeedError.is(error, 'in-doubt') || LightspeedError.is(error, 'malformed');
      await releaseCustomer(db, claim, isUnknown ? settleWindowMs : 0);
      await giveWay(deps, hold, error, isUnknown ? settleWindowMs : null);
    }
  });
}

async function findOrCreate(
  { db }: OrderExportDeps,
  till: Till,
  claim: CustomerClaim,
  customer: SaleCustomer,
): Promise<string> {
  const found = chosen(await till.customersByEmail(customer.email));
  if (found?.archived) await till.unarchiveCustomer(found.customerId);
  if (found) return found.customerId;
  if (!(await holdsCustomer(db, claim))) throw busy('looking for the same customer');
  return till.createCustomer(newCustomer(customer));
}

/** The oldest, live ones first. */
function chosen(customers: TillCustomer[]): TillCustomer | undefined {
  return customers.find(({ archived }) => !archived) ?? customers[0];
}
