import { cancellationSignal } from '@temporalio/activity';
import { claimAccountReading, releaseAccountReading, storeAccountFacts } from '../../db/orders/account-reading.ts';
import { decideExport } from '../../db/orders/decide-export.ts';
import { loadOrderFacts } from '../../db/orders/load-order-facts.ts';
import { readHold } from '../../db/orders/read-hold.ts';
import type { OrderExportInput } from '../../workflows/messages/orders.ts';
import { busy } from './busy.ts';
import { giveWay } from './give-way.ts';
import type { OrderExportDeps } from './order-export.ts';
import { readAccountLists } from './read-account-lists.ts';
import { within } from './sending.ts';
import { whileHeartbeating } from './while-heartbeating.ts';

const leaseMs = 60_000;

/**
 * Makes the tax category that the order's tax needs, where the tenant's policy says so, and reads the account's lists
 * again. Safe to repeat: the lists are read first, and a category of the same name is reused.
 * @throws ApplicationFailure `busy` while another order does the same.
 */
export async function createWebTaxCategory(
  deps: OrderExportDeps,
  { tenant, orderId }: OrderExportInput,
): Promise<void> {
  const { db } = deps;
  await whileHeartbeating(async () => {
    const facts = await loadOrderFacts(db, tenant, orderId);
    const wanted = facts && decideExport(facts, { by: 'fact' }).plan?.createTaxCategory;
    if (!wanted) return;
    const maySend = within(leaseMs / 2); // what is sent last is there before the next one may read
    const reading = await claimAccountReading(db, tenant, leaseMs);
    if (!reading) throw busy('making a tax category');
    const sending = { signal: cancellationSignal(), beforeSend: async () => {}, maySend };
    try {
      const till = await deps.openTill(tenant, 'order');
      const before = await readAccountLists(till);
      const exists = before.taxCategories.some(({ tax1Name }) => tax1Name === wanted.name);
      if (!exists) await till.createTaxCategory(wanted, sending);
      await storeAccountFacts(db, reading, till.connectionId, exists ? before : await readAccountLists(till));
    } catch (error) {
      await releaseAccountReading(db, reading);
      await giveWay(deps, await readHold(db, tenant, orderId), error);
    }
  });
}
