import { cancellationSignal } from '@temporalio/activity';
import { claimCustomer, holdsCustomer, keepCustomer, releaseCustomer } from '../../db/orders/customer-claim.ts';
import { decideExport } from '../../db/orders/decide-export.ts';
import { loadOrderFacts } from '../../db/orders/load-order-facts.ts';
import { noteOrder } from '../../db/orders/note-order.ts';
import type { SaleCustomer } from '../../domain/orders/sale-customer.ts';
import { LightspeedError } from '../../lightspeed/lightspeed-error.ts';
import type { Till, TillCustomer, WriteOptions } from '../../lightspeed/till.ts';
import type { OrderExportInput } from '../../workflows/messages/orders.ts';
import { busy } from './busy.ts';
import { giveWay } from './give-way.ts';
import { newCustomer } from './new-customer.ts';
import type { OrderExportDeps } from './order-export.ts';
import { within } from './sending.ts';
import { whileHeartbeating } from './while-heartbeating.ts';

/**
 * Finds the order's customer by the billing e-mail, else makes one with the billing address (R30). A customer who is
 * there is never written to, but for being brought back from the archive. One worker at a time per tenant and e-mail,
 * by a lease with a fence: it may send until the deadline of a POST, and its lease ends a settle window later, so that
 * whoever comes next, also after a kill or a freeze, finds by search what was made. So after an unknown outcome.
 * Safe to repeat: it searches first.
 * @throws ApplicationFailure `busy` while another order of the same person is at it.
 */
export async function findOrderCustomer(
  deps: OrderExportDeps,
  { tenant, orderId, settleWindowMs, postDeadlineMs }: OrderExportInput,
): Promise<void> {
  const { db, ring } = deps;
  await whileHeartbeating(async () => {
    const facts = await loadOrderFacts(db, tenant, orderId);
    const customer = facts && decideExport(facts, { by: 'fact' }).plan?.customer;
    if (!facts || !customer) return;
    const hold = { tenant, orderId, fence: facts.ledger.fence, zone: facts.zone };
    const emailHash = ring.fingerprint(customer.email, `${tenant}/till_customers`);
    const maySend = within(postDeadlineMs);
    const claim = await claimCustomer(db, tenant, emailHash, postDeadlineMs + settleWindowMs);
    if (!claim) throw busy('looking for the same customer');
    const sending: WriteOptions = {
      signal: cancellationSignal(),
      beforeSend: async () => {
        if (!(await holdsCustomer(db, claim))) throw busy('looking for the same customer');
      },
      maySend,
    };
    try {
      const till = await deps.openTill(tenant, 'order');
      const candidates = await till.customersByEmail(customer.email);
      const found = chosen(candidates);
      if (found && candidates.length > 1) {
        const message = `${candidates.length} customers of the till have the order's e-mail: the oldest, customer ${found.customerId}, is the sale's`;
        await noteOrder(db, hold, { code: 'several-customers', message });
      }
      await keepCustomer(db, claim, hold, await takeOrCreate(till, found, customer, sending));
    } catch (error) {
      const isUnknown = LightspeedError.is(error, 'in-doubt') || LightspeedError.is(error, 'malformed');
      await releaseCustomer(db, claim, isUnknown ? settleWindowMs : 0);
      await giveWay(deps, hold, error, isUnknown ? settleWindowMs : null);
    }
  });
}

async function takeOrCreate(
  till: Till,
  found: TillCustomer | undefined,
  customer: SaleCustomer,
  sending: WriteOptions,
): Promise<string> {
  if (found?.archived) await till.unarchiveCustomer(found.customerId);
  return found ? found.customerId : till.createCustomer(newCustomer(customer), sending);
}

/** The oldest, live ones first. */
function chosen(customers: TillCustomer[]): TillCustomer | undefined {
  return customers.find(({ archived }) => !archived) ?? customers[0];
}
