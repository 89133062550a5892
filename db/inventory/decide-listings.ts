import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../database.ts';
import { recordEvent } from '../notify/record-event.ts';
import type { WakeUp } from '../notify/wake-ups.ts';
import type { DecideScope } from './decide-scope.ts';
import { findNeighbourhood } from './find-neighbourhood.ts';
import { guardOf, readGuardSettings } from './guard.ts';
import { lockDecisions } from './lock-decisions.ts';
import { matchCatalog } from './match-catalog.ts';
import { notePending } from './note-pending.ts';
import { noteUnmapped } from './note-unmapped.ts';
import type { ListingCounts } from './publish-listings.ts';
import { noListings, publishListings } from './publish-listings.ts';
import { readClock } from './read-clock.ts';
import { refreshMappingStatistics } from './refresh-statistics.ts';
import { markLeftStock } from './reservations.ts';
import type { Touched } from './take-touched.ts';
import { takeTouched } from './take-touched.ts';

export interface Decided {
  counts: ListingCounts;
  wakeUps: WakeUp[];
  /** Why the guard let through what it else might have held; null if it had its usual eye on all. */
  unguarded: 'first' | 'settings' | null;
}

/**
 * Matches, decides, prices and publishes for one tenant, in one transaction, from what is stored: no call to the till.
 * Only what was touched since the last decision is decided, with all that it may bear on. Safe to repeat at any time:
 * what hasn't changed is not written. Two at once for a tenant wait for each other.
 * @param unpaidMs how long an unpaid order reserves its units.
 */
export async function decideListings(db: Database, tenant: string, unpaidMs: number): Promise<Decided> {
  return db.transaction(async (tx) => {
    if (!(await lockDecisions(tx, tenant))) return { counts: noListings, wakeUps: [], unguarded: null };
    const moment = await readClock(tx);
    const touched = await takeTouched(tx, tenant, moment, unpaidMs);
    const scope = await findNeighbourhood(tx, tenant, touched);
    // Most runs find nothing: to plan a decision about nothing is most of what it would cost.
    if (isEmpty(scope)) return { counts: noListings, wakeUps: await notePending(tx, tenant), unguarded: null };
    await refreshMappingStatistics(tx, await matchCatalog(tx, tenant, scope));
    const wakeUps = await noteUnmapped(tx, tenant);
    const unguarded = await whyUnguarded(tx, tenant, touched);
    const guard = guardOf(touched, await readGuardSettings(tx, tenant));
    const published = await publishListings(tx, tenant, { scope, moment, unpaidMs, guard });
    await markLeftStock(tx, tenant, scope);
    wakeUps.push(...(await notePending(tx, tenant)));
    if (!published) return { counts: noListings, wakeUps, unguarded };
    const { counts, from, to } = published;
    const data = { count: counts.listingsChanged, fromVersion: from, toVersion: to };
    wakeUps.push(await recordEvent(tx, tenant, { type: 'listings.changed', subject: 'listings', data }));
    return { counts, wakeUps, unguarded };
  });
}

function isEmpty(scope: DecideScope): boolean {
  return scope !== 'everything' && scope.skus.length === 0 && scope.itemIds.length === 0;
}

async function whyUnguarded(tx: Transaction, tenant: string, { kinds }: Touched): Promise<Decided['unguarded']> {
  if (kinds.has('settings') && !kinds.has('pull')) return 'settings';
  if (!kinds.has('pull')) return null;
  const listed = await tx.execute(sql`
    select from listings where tenant = ${tenant} order by tenant, version limit 1`);
  return listed.length === 0 ? 'first' : null;
}
