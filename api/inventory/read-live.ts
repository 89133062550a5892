import { setTimeout as pause } from 'node:timers/promises';
import { claimLiveReads, listUnderWay } from '../../db/inventory/claim-live-reads.ts';
import { commitLiveRead } from '../../db/inventory/commit-live-read.ts';
import { toPosItem } from '../../db/inventory/to-pos-item.ts';
import type { ApiParts } from '../http/api-parts.ts';
import { answerWithin } from '../setup/answer-within.ts';
import { whyNotLive } from './why-not-live.ts';

/** How long a shopper's page waits for the till, the wait for the rate budget included. */
const patienceMs = 3_000;
const lookEveryMs = 50;

/**
 * Asks the till for items and writes its answer to the tables, so that listings follow; waits for what others ask.
 * @returns why the till could not be asked, in plain words; null if it could, or had just been.
 */
export async function readLive(parts: ApiParts, tenant: string, itemIds: string[]): Promise<string | null> {
  const { ask, underWay } = await claimLiveReads(parts.db, tenant, itemIds);
  const [why] = await Promise.all([askTill(parts, tenant, ask), awaitOthers(parts, tenant, underWay)]);
  return why;
}

async function askTill({ db, openTill, wake }: ApiParts, tenant: string, itemIds: string[]): Promise<string | null> {
  if (itemIds.length === 0) return null;
  const signal = AbortSignal.timeout(patienceMs);
  const read = async () => {
    const till = await openTill(tenant, 'interactive');
    const found = await till.itemsById(itemIds, { signal });
    const stock = found.flatMap((item) => item.stock);
    return commitLiveRead(db, tenant, till.connectionId, { items: found.map(toPosItem), stock });
  };
  try {
    const owed = await answerWithin(patienceMs, read());
    if (owed === null) return 'Lightspeed was connected anew while it was asked';
    await wake(owed);
    return null;
  } catch (error) {
    return whyNotLive(error);
  }
}

async function awaitOthers({ db }: ApiParts, tenant: string, itemIds: string[]): Promise<void> {
  let waiting = itemIds;
  while (waiting.length > 0) {
    await pause(lookEveryMs);
    waiting = await listUnderWay(db, tenant, waiting);
  }
}
