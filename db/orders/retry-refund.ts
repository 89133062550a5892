import { Problem } from '../../domain/problem.ts';
import type { Database } from '../database.ts';
import { requestWakeUp } from '../notify/wake-ups.ts';
import { loadRefundFacts } from './load-refund-facts.ts';
import { moveRefund } from './move-refund.ts';
import type { RecordedFact } from './record-fact.ts';
import { recordFact } from './record-fact.ts';
import { requireOrder } from './require-order.ts';

/**
 * Makes a refund by hand, although refunds are off, or after whatever parked it. The till is asked for it first.
 * @throws Problem `order-unknown`, `refund-unknown`.
 */
export async function retryRefund(
  db: Database,
  tenant: string,
  orderId: string,
  refundId: string,
  settler: { keyId: string },
): Promise<RecordedFact> {
  await requireOrder(db, tenant, orderId);
  return recordFact(db, tenant, orderId, async (tx, owe) => {
    const facts = await loadRefundFacts(tx, tenant, orderId, refundId);
    if (!facts) throw new Problem('refund-unknown', 'The order has no such refund', { field: 'refund' });
    const { refund } = facts;
    if (refund.inSale) return 'Ignored: the refund was taken off the sale';
    const moved = await moveRefund(
      tx,
      { tenant, orderId, refundId, fence: refund.fence },
      {
        from: ['waiting', 'attention', 'not-exported'],
        to: 'waiting',
        code: 'retried',
        message: 'The refund is being sent to the till',
        set: { byHand: true, lookUps: 0, attempts: 0, nextTryAt: null },
        keyId: settler.keyId,
      },
    );
    if (!moved) return 'Ignored: the refund is made already, or the till is being asked';
    owe([await requestWakeUp(tx, tenant, 'order-refund', `${orderId}/${refundId}`)]);
    return null;
  });
}
