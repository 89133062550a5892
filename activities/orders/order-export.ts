import type { Database } from '../../db/database.ts';
import type { OpenTill } from '../../lightspeed/till.ts';
import type { KeyRing } from '../../runtime/key-ring.ts';
import type { Wake } from '../../temporal/wake.ts';
import type { OrderExportInput } from '../../workflows/messages/orders.ts';
import { createWebTaxCategory } from './create-web-tax-category.ts';
import { findOrderCustomer } from './find-order-customer.ts';
import { lookUpSale } from './look-up-sale.ts';
import { postSale } from './post-sale.ts';
import { readAccountFacts } from './read-account-facts.ts';
import { readNextExportStep } from './read-next-export-step.ts';

/** What the steps of an export work with. */
export interface OrderExportDeps {
  db: Database;
  openTill: OpenTill;
  ring: KeyRing;
  /** Signals what a step's transaction owes, after its commit. */
  wake: Wake;
}

/** The steps of an order's export. `readNextExportStep` is a local activity; the others call the till. */
export function createOrderExportActivities(deps: OrderExportDeps) {
  return {
    readNextExportStep: (input: OrderExportInput) => readNextExportStep(deps, input),
    readAccountFacts: (input: OrderExportInput) => readAccountFacts(deps, input),
    lookUpSale: (input: OrderExportInput) => lookUpSale(deps, input),
    createWebTaxCategory: (input: OrderExportInput) => createWebTaxCategory(deps, input),
    findOrderCustomer: (input: OrderExportInput) => findOrderCustomer(deps, input),
    postSale: (input: OrderExportInput) => postSale(deps, input),
  };
}

export type OrderExportActivities = ReturnType<typeof createOrderExportActivities>;
