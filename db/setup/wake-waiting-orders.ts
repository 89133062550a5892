import { sql } from 'drizzle-orm';
import type { Transaction } from '../database.ts';
import type { WakeUp } from '../notify/wake-ups.ts';
import { wakeUps } from '../schema/notify.ts';
import { orderExports } from '../schema/orders.ts';

/** So many are signalled at once; a signal takes some 10 ms, and the sweep signals the rest. */
const signalledAtOnce = 50;

/**
 * Owes a look-again to every order that waits, is in doubt or needs attention, in one statement, whatever their number:
 * what they wait for may have come.
 * @returns the first of them, to be signalled after the commit; the sweep signals the others.
 */
export async function wakeWaitingOrders(tx: Transaction, tenant: string): Promise<WakeUp[]> {
  const owed = await tx.execute<{ subject: string; requests: number }>(sql`
    insert into ${wakeUps} (tenant, kind, subject)
    select tenant, 'order-export', order_id from ${orderExports} where tenant = ${tenant}
      and state in ('waiting', 'attention', 'in-doubt')
    order by order_id
    on conflict (tenant, kind, subject) do update set requests = ${wakeUps}.requests + 1, requested_at = now()
    returning subject, requests`);
  return owed.slice(0, signalledAtOnce).map(({ subject, requests }) => {
    return { tenant, kind: 'order-export', subject, requests };
  });
}
