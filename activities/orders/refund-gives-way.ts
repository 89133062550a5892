import type { RefundHold } from '../../db/orders/move-refund.ts';
import { parkRefund, postponeRefund } from '../../db/orders/settle-refund.ts';
import { LightspeedError } from '../../lightspeed/lightspeed-error.ts';
import type { OrderExportDeps } from './order-export.ts';

/**
 * What becomes of a refund when a call failed of which it is certain that nothing was sent, or that was a read: a person
 * must look at a refusal, anything else waits for the till. @throws whatever isn't the till's failure.
 */
export async function refundGivesWay(
  { db, wake }: Pick<OrderExportDeps, 'db' | 'wake'>,
  hold: RefundHold,
  error: unknown,
): Promise<void> {
  if (!LightspeedError.is(error)) throw error;
  if (!['refused', 'forbidden', 'not-found'].includes(error.kind)) {
    await db.transaction((tx) => postponeRefund(tx, hold, error.retryAfterMs));
    return;
  }
  const message = `Lightspeed refused the refund: ${error.vendorMessage ?? error.message}`;
  const remedy = 'Put right what it names, in Lightspeed or in the setup, and retry the refund; or book it by hand';
  const wakeUps = await db.transaction((tx) => parkRefund(tx, hold, { code: 'till-refused', message, remedy }));
  await wake(wakeUps ?? []);
}
