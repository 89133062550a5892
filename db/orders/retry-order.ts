import { eq } from 'drizzle-orm';
import { Problem } from '../../domain/problem.ts';
import type { Database } from '../database.ts';
import { resolveAttention } from '../notify/attention.ts';
import { tillFacts } from '../schema/orders.ts';
import { loadOrderFacts } from './load-order-facts.ts';
import { moveExport } from './move-export.ts';
import type { RecordedFact } from './record-fact.ts';
import { recordFact } from './record-fact.ts';
import { requireOrder } from './require-order.ts';
import { wakeRefunds } from './wake-refunds.ts';

/**
 * Exports an order by hand (R33): at once, whatever its date and although export is a dry run, and after whatever parked
 * it. The till is asked for its sale before anything is sent. What is under way or in doubt goes its own way.
 * @throws Problem `order-unknown`, or `order-exported` when the till has the order.
 */
export async function retryOrder(
  db: Database,
  tenant: string,
  orderId: string,
  settler: { keyId: string },
): Promise<RecordedFact> {
  await requireOrder(db, tenant, orderId);
  return recordFact(db, tenant, orderId, async (tx, owe) => {
    const { ledger, zone } = (await loadOrderFacts(tx, tenant, orderId))!;
    if (ledger.state === 'exported' || ledger.state === 'resolved') {
      throw new Problem('order-exported', `The order is in the till as ticket ${ledger.ticketNumber}`);
    }
    if (ledger.state === 'claimed' || ledger.state === 'in-doubt') return 'Ignored: the till is being asked already';
    if (ledger.state === 'cancelled') return 'Ignored: the storefront has cancelled the order';
    await moveExport(
      tx,
      { tenant, orderId, fence: ledger.fence, zone },
      {
        from: ['waiting', 'attention', 'not-exported'],
        to: 'waiting',
        situation: { kind: 'exporting' },
        code: 'retried',
        set: { byHand: true, lookUps: 0, attempts: 0, nextTryAt: null, customerId: null },
        keyId: settler.keyId,
      },
    );
    // What a person has put right in Lightspeed must be seen: the lists are read again.
    await tx.update(tillFacts).set({ readAt: null }).where(eq(tillFacts.tenant, tenant));
    await resolveAttention(tx, tenant, { kind: 'order', id: orderId });
    owe(await wakeRefunds(tx, tenant, orderId));
    return null;
  });
}
