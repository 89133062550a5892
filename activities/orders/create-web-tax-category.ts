import { cancellationSignal } from '@temporalio/activity';
import { claimAccountReading, releaseAccountReading, storeAccountFacts } from '../../db/orders/account-reading.ts';
import { decideExport } from '../../db/orders/decide-export.ts';
import { loadOrderFacts } from '../../db/orders/load-order-facts.ts';
import { markCategorySent } from '../../db/orders/mark-category-sent.ts';
import type { ExportHold } from '../../db/orders/move-export.ts';
import { noteOrder } from '../../db/orders/note-order.ts';
import { parkExport } from '../../db/orders/park-export.ts';
import { postponeExport } from '../../db/orders/postpone-export.ts';
import { readHold } from '../../db/orders/read-hold.ts';
import { LightspeedError } from '../../lightspeed/lightspeed-error.ts';
import { readAccountLists } from '../../lightspeed/read-account-lists.ts';
import type { WriteOptions } from '../../lightspeed/till.ts';
import type { OrderExportInput } from '../../workflows/messages/orders.ts';
import { busy } from './busy.ts';
import { giveWay } from './give-way.ts';
import type { OrderExportDeps } from './order-export.ts';
import { within } from './sending.ts';
import { whileHeartbeating } from './while-heartbeating.ts';

const leaseMs = 60_000;
/** What is sent last is there before the lease ends. */
const sendMs = leaseMs / 2;

/**
 * Makes the tax category that the order's tax needs, where the tenant's policy says so, and reads the account's lists
 * again. One of the same name is looked for first and reused. That one may have been sent is noted before the first byte
 * leaves: until its outcome is known, or the settle window has passed, none is sent again, whoever asks. Safe to repeat.
 * @throws ApplicationFailure `busy` while another order does the same.
 */
export async function createWebTaxCategory(
  deps: OrderExportDeps,
  { tenant, orderId, settleWindowMs }: OrderExportInput,
): Promise<void> {
  const { db } = deps;
  await whileHeartbeating(async () => {
    const wanted = await wantedCategory(db, tenant, orderId);
    if (!wanted) return;
    const maySend = within(sendMs);
    const reading = await claimAccountReading(db, tenant, leaseMs);
    if (!reading) throw busy('making a tax category');
    let mayHaveLeft = false;
    const sending: WriteOptions = {
      signal: cancellationSignal(),
      beforeSend: async () => {
        if (!(await markCategorySent(db, reading, sendMs + settleWindowMs))) throw busy('making a tax category');
        mayHaveLeft = true;
      },
      maySend,
    };
    const hold = await readHold(db, tenant, orderId);
    try {
      const till = await deps.openTill(tenant, 'order');
      let lists = await readAccountLists(till);
      const isThere = lists.taxCategories.some(({ tax1Name }) => tax1Name === wanted.name);
      if (!isThere && reading.categoryLeftMs > 0) {
        await releaseAccountReading(db, reading);
        await db.transaction((tx) => postponeExport(tx, hold, 'outage', reading.categoryLeftMs));
        return;
      }
      if (!isThere) {
        await till.createTaxCategory(wanted, sending);
        lists = await readAccountLists(till);
      }
      await markCategorySent(db, reading, 0);
      if (!(await storeAccountFacts(db, reading, till.connectionId, lists))) return; // another has read them since
    } catch (error) {
      const isUnknown =
        mayHaveLeft && (LightspeedError.is(error, 'in-doubt') || LightspeedError.is(error, 'malformed'));
      if (mayHaveLeft) await markCategorySent(db, reading, isUnknown ? settleWindowMs : 0);
      if (isUnknown) {
        const message = `It is not known whether the tax category ${wanted.name} was made: after ${settleWindowMs / 1_000} s (the settle window) it is looked for, and only if the till has none it is sent again`;
        await noteOrder(db, hold, { code: 'tax-category-in-doubt', message });
      }
      await releaseAccountReading(db, reading);
      await giveWay(deps, hold, error, isUnknown ? settleWindowMs : null);
      return;
    }
    if (await wantedCategory(db, tenant, orderId)) await parkUnfit(deps, hold, wanted.name);
  });
}

async function wantedCategory(db: OrderExportDeps['db'], tenant: string, orderId: string) {
  const facts = await loadOrderFacts(db, tenant, orderId);
  return (facts && decideExport(facts, { by: 'fact' }).plan?.createTaxCategory) ?? null;
}

/** It was changed in the till since it was made: to look again would find the same for ever. */
async function parkUnfit({ db, wake }: OrderExportDeps, hold: ExportHold, name: string): Promise<void> {
  const message = `The till has a tax category ${name}, but it does not give the order's tax`;
  const remedy = 'Correct its rate in Lightspeed, or choose another tax policy in the setup, then retry the order';
  await wake(
    (await db.transaction((tx) => parkExport(tx, hold, { code: 'tax-category-unfit', message, remedy }))) ?? [],
  );
}
