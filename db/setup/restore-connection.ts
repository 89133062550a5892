import { and, eq } from 'drizzle-orm';
import type { Transaction } from '../database.ts';
import { resolveAttention } from '../notify/attention.ts';
import { recordEvent } from '../notify/record-event.ts';
import type { WakeUp } from '../notify/wake-ups.ts';
import { connections } from '../schema/setup.ts';
import { wakeWaitingOrders } from './wake-waiting-orders.ts';

/**
 * Takes a lost connection into use again, once Lightspeed has honoured its newest pair (R36): what was open about it is
 * closed, waiting orders look again. Does nothing unless it is lost still, with that very pair.
 * @returns the wake-ups owed; null if nothing has changed.
 */
export async function restoreConnection(
  tx: Transaction,
  tenant: string,
  { connectionId, tokenVersion }: { connectionId: string; tokenVersion: number },
): Promise<WakeUp[] | null> {
  const [restored] = await tx
    .update(connections)
    .set({ state: 'active', stateReason: null, failedProbes: 0 })
    .where(
      and(
        eq(connections.tenant, tenant),
        eq(connections.id, connectionId),
        eq(connections.state, 'lost'),
        eq(connections.tokenVersion, tokenVersion),
      ),
    )
    .returning({ accountId: connections.accountId });
  if (!restored) return null;
  await resolveAttention(tx, tenant, { kind: 'connection', id: connectionId });
  const orders = await wakeWaitingOrders(tx, tenant);
  const data = { connectionId, accountId: restored.accountId };
  return [...orders, await recordEvent(tx, tenant, { type: 'connection.restored', subject: 'setup', data })];
}
