import { claimAccountReading, releaseAccountReading, storeAccountFacts } from '../../db/orders/account-reading.ts';
import { decideExport } from '../../db/orders/decide-export.ts';
import { loadOrderFacts } from '../../db/orders/load-order-facts.ts';
import { readHold } from '../../db/orders/read-hold.ts';
import { readAccountLists } from '../../lightspeed/read-account-lists.ts';
import type { OrderExportInput } from '../../workflows/messages/orders.ts';
import { busy } from './busy.ts';
import { giveWay } from './give-way.ts';
import type { OrderExportDeps } from './order-export.ts';
import { whileHeartbeating } from './while-heartbeating.ts';

/** How long one worker may take; longer than its four calls can. */
const leaseMs = 60_000;

/**
 * Reads the account's lists for all orders of the tenant, unless another has just done so. Safe to repeat: reads only,
 * and a fence keeps late answers out.
 * @throws ApplicationFailure `busy` while another reads them.
 */
export async function readAccountFacts(deps: OrderExportDeps, { tenant, orderId }: OrderExportInput): Promise<void> {
  const { db } = deps;
  await whileHeartbeating(async () => {
    const facts = await loadOrderFacts(db, tenant, orderId);
    if (!facts || decideExport(facts, { by: 'fact' }).step.kind !== 'read-account') return;
    const reading = await claimAccountReading(db, tenant, leaseMs);
    if (!reading) throw busy("reading the account's lists");
    try {
      const till = await deps.openTill(tenant, 'order');
      await storeAccountFacts(db, reading, till.connectionId, await readAccountLists(till));
    } catch (error) {
      await releaseAccountReading(db, reading);
      await giveWay(deps, await readHold(db, tenant, orderId), error);
    }
  });
}
