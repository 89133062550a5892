import { claimAccountReading, storeAccountFacts } from '../../db/orders/account-reading.ts';
import type { Claim } from '../../db/orders/claim-export.ts';
import { parkExport } from '../../db/orders/park-export.ts';
import { unusable } from '../../db/orders/plan-export.ts';
import { LightspeedError } from '../../lightspeed/lightspeed-error.ts';
import { readAccountLists } from '../../lightspeed/read-account-lists.ts';
import type { Till } from '../../lightspeed/till.ts';
import type { OrderExportDeps } from './order-export.ts';

const leaseMs = 60_000;

/**
 * Parks an export that the till has refused. The account's lists are read again first: if employee or register no
 * longer serve (R27), that is what a person is told, rather than the till's words.
 */
export async function parkRefused(
  deps: OrderExportDeps,
  till: Till,
  claim: Claim,
  words: { code: string; message: string; remedy: string; difference?: string },
): Promise<void> {
  const { db, wake } = deps;
  const cause = words.code === 'till-refused' ? await causeInAccount(deps, till, claim) : null;
  const wakeUps = await db.transaction((tx) => parkExport(tx, claim, cause ?? words));
  if (wakeUps) await wake(wakeUps);
}

/** Null too when the lists can't be read now: the till's own words will do. */
async function causeInAccount({ db }: OrderExportDeps, till: Till, claim: Claim) {
  try {
    const facts = await readAccountLists(till);
    const reading = await claimAccountReading(db, claim.tenant, leaseMs);
    if (reading) await storeAccountFacts(db, reading, till.connectionId, facts);
    return unusable(claim.plan, facts);
  } catch (error) {
    if (LightspeedError.is(error)) return null;
    throw error;
  }
}
