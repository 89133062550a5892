import { setTimeout as pause } from 'node:timers/promises';
import { claimAccountReading, releaseAccountReading, storeAccountFacts } from '../../db/orders/account-reading.ts';
import { readAccountLists } from '../../lightspeed/read-account-lists.ts';
import type { ApiParts } from '../http/api-parts.ts';
import { whyNotLive } from '../inventory/why-not-live.ts';
import { answerWithin } from '../setup/answer-within.ts';

/** How long a person waits for a plan, the wait for the rate budget included. */
const patienceMs = 3_000;
const lookEveryMs = 50;
/** Longer than the five calls take, or an order's export would wait for nobody. */
const leaseMs = 30_000;

/**
 * Reads the account's lists, by which sales are planned, for all orders of the tenant; or waits for whoever is at it.
 * @param isRead whether somebody has read them meanwhile.
 * @returns why they could not be read in time, in plain words; null if they were.
 */
export async function readListsForPlan(
  { db, openTill }: ApiParts,
  tenant: string,
  isRead: () => Promise<boolean>,
): Promise<string | null> {
  const deadline = performance.now() + patienceMs;
  let reading = await claimAccountReading(db, tenant, leaseMs);
  while (!reading) {
    if (performance.now() > deadline) return 'They are being read';
    await pause(lookEveryMs);
    if (await isRead()) return null;
    reading = await claimAccountReading(db, tenant, leaseMs);
  }
  const mine = reading;
  const read = async () => {
    try {
      const till = await openTill(tenant, 'interactive');
      await storeAccountFacts(db, mine, till.connectionId, await readAccountLists(till));
    } catch (error) {
      await releaseAccountReading(db, mine);
      throw error;
    }
  };
  try {
    await answerWithin(deadline - performance.now(), read()); // one that comes later is stored all the same
    return null;
  } catch (error) {
    return whyNotLive(error);
  }
}
