import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Transaction } from '../database.ts';
import { endRunsOf } from '../inventory/end-runs-of.ts';
import { resolveAttention } from '../notify/attention.ts';
import { connections } from '../schema/setup.ts';

/**
 * Ends the tenant's live connection: from the commit on no worker uses its tokens, which stay sealed until they are
 * revoked, and what syncs over it writes no more. What was open about it is closed: nobody need decide about a connection
 * that is gone.
 * @returns the ended connection; null if there was none.
 */
export async function endConnection(
  tx: Transaction,
  tenant: string,
  end: { state: 'replaced' | 'disconnected'; reason: string },
): Promise<{ id: string; accountId: string } | null> {
  const [ended] = await tx
    .update(connections)
    .set({ state: end.state, stateReason: end.reason, endedAt: sql`now()` })
    .where(and(eq(connections.tenant, tenant), inArray(connections.state, ['active', 'lost'])))
    .returning({ id: connections.id, accountId: connections.accountId });
  if (!ended) return null;
  await endRunsOf(tx, tenant, ended.id);
  await resolveAttention(tx, tenant, { kind: 'connection', id: ended.id });
  return ended;
}
