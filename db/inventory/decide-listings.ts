import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { recordEvent } from '../notify/record-event.ts';
import type { WakeUp } from '../notify/wake-ups.ts';
import { findNeighbourhood } from './find-neighbourhood.ts';
import { matchCatalog } from './match-catalog.ts';
import { notePending } from './note-pending.ts';
import { noteUnmapped } from './note-unmapped.ts';
import { publishListings } from './publish-listings.ts';
import { readClock } from './read-clock.ts';
import { refreshMappingStatistics } from './refresh-statistics.ts';
import { takeTouched } from './take-touched.ts';

export interface Decided {
  listingsChanged: number;
  wakeUps: WakeUp[];
}

/**
 * Matches, decides, prices and publishes for one tenant, in one transaction, from what is stored: no call to the till.
 * Only what was touched since the last decision is decided, with all that it may bear on. Safe to repeat at any time:
 * what hasn't changed is not written. Two at once for a tenant wait for each other.
 * @param unpaidMs how long an unpaid order reserves its units.
 */
export async function decideListings(db: Database, tenant: string, unpaidMs: number): Promise<Decided> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('decide-listings'), hashtext(${tenant}))`);
    const moment = await readClock(tx);
    const touched = await takeTouched(tx, tenant, moment, unpaidMs);
    const scope = await findNeighbourhood(tx, tenant, touched);
    await refreshMappingStatistics(tx, await matchCatalog(tx, tenant, scope));
    const wakeUps = await noteUnmapped(tx, tenant);
    const published = await publishListings(tx, tenant, { scope, moment, unpaidMs });
    wakeUps.push(...(await notePending(tx, tenant)));
    if (!published) return { listingsChanged: 0, wakeUps };
    const { count, from, to } = published;
    const data = { count, fromVersion: from, toVersion: to };
    wakeUps.push(await recordEvent(tx, tenant, { type: 'listings.changed', subject: 'listings', data }));
    return { listingsChanged: count, wakeUps };
  });
}
