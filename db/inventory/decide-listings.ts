import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { recordEvent } from '../notify/record-event.ts';
import type { WakeUp } from '../notify/wake-ups.ts';
import { matchCatalog } from './match-catalog.ts';
import { notePending } from './note-pending.ts';
import { noteUnmapped } from './note-unmapped.ts';
import { publishListings } from './publish-listings.ts';

export interface Decided {
  listingsChanged: number;
  wakeUps: WakeUp[];
}

/**
 * Matches, decides, prices and publishes for one tenant, in one transaction, from what is stored: no call to the till.
 * Safe to repeat at any time: what hasn't changed is not written. Two at once for a tenant wait for each other.
 * @param unpaidMs how long an unpaid order reserves its units.
 */
export async function decideListings(db: Database, tenant: string, unpaidMs: number): Promise<Decided> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('decide-listings'), hashtext(${tenant}))`);
    await matchCatalog(tx, tenant);
    const wakeUps = await noteUnmapped(tx, tenant);
    const published = await publishListings(tx, tenant, unpaidMs);
    wakeUps.push(...(await notePending(tx, tenant)));
    if (!published) return { listingsChanged: 0, wakeUps };
    const { count, from, to } = published;
    const data = { count, fromVersion: from, toVersion: to };
    wakeUps.push(await recordEvent(tx, tenant, { type: 'listings.changed', subject: 'listings', data }));
    return { listingsChanged: count, wakeUps };
  });
}
