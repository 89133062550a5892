import { and, eq, sql } from 'drizzle-orm';
import type { Transaction } from '../database.ts';
import { openAttention } from '../notify/attention.ts';
import { recordEvent } from '../notify/record-event.ts';
import type { WakeUp } from '../notify/wake-ups.ts';
import { connections } from '../schema/setup.ts';

export type LostReason = 'refresh-refused' | 'access-refused';

const words: Record<LostReason, string> = {
  'refresh-refused':
    'Lightspeed no longer takes the tokens: they were revoked, or their user is locked out or archived',
  'access-refused':
    'Lightspeed still gives tokens but refuses every call with them: their user is most likely locked out or archived',
};

/**
 * Says that Lightspeed refuses an active connection's tokens (R36): nothing uses them until an admin connects again.
 * @param seenTokenVersion the pair that was refused: does nothing if there is a newer one.
 * @returns the wake-ups owed; null if nothing has changed.
 */
export async function markConnectionLost(
  tx: Transaction,
  tenant: string,
  connectionId: string,
  seenTokenVersion: number,
  reason: LostReason,
): Promise<WakeUp[] | null> {
  const isSeen = and(
    eq(connections.tenant, tenant),
    eq(connections.id, connectionId),
    eq(connections.tokenVersion, seenTokenVersion),
    eq(connections.state, 'active'),
  );
  const [lost] = await tx
    .update(connections)
    .set({ state: 'lost', stateReason: words[reason], checkedAt: sql`now()`, failedProbes: 0 })
    .where(isSeen)
    .returning({ accountId: connections.accountId });
  if (!lost) return null;
  await openAttention(
    tx,
    tenant,
    { kind: 'connection', id: connectionId, code: 'connection-lost' },
    {
      message: `The connection to Lightspeed is lost. ${words[reason]}.`,
      remedy:
        'Connect Lightspeed again in the setup, as a user with the Admin role. If its user was only locked out, let them in again: the connection then comes back by itself.',
    },
  );
  const data = { connectionId, accountId: lost.accountId, reason };
  return [await recordEvent(tx, tenant, { type: 'connection.lost', subject: 'setup', data })];
}
