import { readGuardSettings } from '../../db/inventory/guard.ts';
import { noteHeld } from '../../db/inventory/note-held.ts';
import { countProposed } from '../../db/inventory/proposed-items.ts';
import type { ListingCounts } from '../../db/inventory/publish-listings.ts';
import { noListings } from '../../db/inventory/publish-listings.ts';
import { readSyncFacts } from '../../db/inventory/read-sync-facts.ts';
import { decideStored } from './decide-stored.ts';
import type { InventorySyncDeps } from './inventory-sync.ts';
import type { OfRun } from './pull-stream.ts';
import { recheckProposed } from './recheck-proposed.ts';

/** What a run's decision came to. `isHeld`: it went out but for changes that wait for a person. */
export interface RunDecided extends ListingCounts {
  isHeld: boolean;
}

/**
 * Decides what a run has found; nothing before the setup is completed (R5). Of what the guard holds the items are read
 * all read again from the till before anything is decided again: what is left of a wrong answer, once some of it is
 * mended, could be few enough to go out.
 * @param asksTill whether this run may.
 */
export async function decideTenant(
  deps: Pick<InventorySyncDeps, 'db' | 'wake' | 'openTill' | 'unpaidReservationMs'>,
  { asksTill, ...run }: OfRun & { asksTill: boolean },
): Promise<RunDecided> {
  const { db, wake } = deps;
  const { tenant } = run;
  if (!(await readSyncFacts(db, tenant))?.isSetupComplete) return { ...noListings, isHeld: false };
  const { mostLosses } = await readGuardSettings(db, tenant);
  let { counts, unguarded } = await decideStored(deps, { tenant });
  const recheck = () => (asksTill ? recheckAll(deps, run, mostLosses) : Promise.resolve(false));
  while (await recheck()) {
    const again = await decideStored(deps, { tenant });
    counts = sumOf(counts, again.counts);
    unguarded ??= again.unguarded;
  }
  const { held, wakeUps } = await noteHeld(db, run, unguarded);
  await wake(wakeUps);
  return { ...counts, isHeld: held > 0 };
}

function sumOf(one: ListingCounts, other: ListingCounts): ListingCounts {
  return {
    listingsChanged: one.listingsChanged + other.listingsChanged,
    mapped: one.mapped + other.mapped,
    shown: one.shown + other.shown,
    hidden: one.hidden + other.hidden,
  };
}

/** Until none is left unread, or so many are confirmed that it is no accident. @returns whether anything was read. */
async function recheckAll(
  deps: Pick<InventorySyncDeps, 'db' | 'openTill'>,
  run: OfRun,
  mostLosses: number,
): Promise<boolean> {
  for (let hasRead = false; ; hasRead = true) {
    const { unchecked, checked } = await countProposed(deps.db, run.tenant);
    if (unchecked === 0 || checked > mostLosses) return hasRead;
    await recheckProposed(deps, run);
  }
}
