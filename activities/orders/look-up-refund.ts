import { loadRefundFacts } from '../../db/orders/load-refund-facts.ts';
import { finishRefund, parkRefund, recordRefundLookUp } from '../../db/orders/settle-refund.ts';
import { isGlance } from '../../db/orders/settling.ts';
import { subtractMoney } from '../../domain/money.ts';
import type { OrderRefundInput } from '../../workflows/messages/orders.ts';
import { judgeFoundSales } from './judge-found-sales.ts';
import type { OrderExportDeps } from './order-export.ts';
import { refundGivesWay } from './refund-gives-way.ts';
import { refundReference } from './refund-sale.ts';
import { salesByReference } from './sales-by-reference.ts';
import { whileHeartbeating } from './while-heartbeating.ts';

/**
 * Asks the till for the refund's sale before anything is (re)sent, and records what it says, as for an order. Safe to
 * repeat: its record is refused once another has claimed or recorded.
 */
export async function lookUpRefund(deps: OrderExportDeps, input: OrderRefundInput): Promise<void> {
  const { db, wake } = deps;
  const { tenant, orderId, refundId } = input;
  await whileHeartbeating(async () => {
    const facts = await loadRefundFacts(db, tenant, orderId, refundId);
    if (!facts) return;
    const { refund, now } = facts;
    if (refund.state !== 'waiting' && refund.state !== 'in-doubt') return;
    const hold = { tenant, orderId, refundId, fence: refund.fence };
    const isEarly = isGlance(refund, now);
    try {
      const till = await deps.openTill(tenant, 'order');
      const sales = await salesByReference(till, refundReference(input), refund.firstAttemptAt);
      const found = judgeFoundSales(sales, subtractMoney('0', refund.amount));
      if (found.kind === 'completed') {
        const wakeUps = await db.transaction((tx) => finishRefund(tx, hold, found.sale));
        await wake(wakeUps ?? []);
      } else if (found.kind === 'unclear' && !isEarly) {
        const wakeUps = await db.transaction((tx) => parkRefund(tx, hold, found));
        await wake(wakeUps ?? []);
      } else {
        await recordRefundLookUp(db, hold, {
          state: refund.state,
          isGlance: isEarly,
          lookUps: refund.lookUps,
          openSaleId: found.kind === 'open' ? found.saleId : refund.openSaleId,
          settleWindowMs: input.settleWindowMs,
        });
      }
    } catch (error) {
      await refundGivesWay(deps, hold, error);
    }
  });
}
