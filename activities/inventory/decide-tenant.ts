import { readGuardSettings } from '../../db/inventory/guard.ts';
import { noteHeld } from '../../db/inventory/note-held.ts';
import { countProposed } from '../../db/inventory/proposed-items.ts';
import { readSyncFacts } from '../../db/inventory/read-sync-facts.ts';
import { decideStored } from './decide-stored.ts';
import type { InventorySyncDeps } from './inventory-sync.ts';
import type { OfRun } from './pull-stream.ts';
import { recheckProposed } from './recheck-proposed.ts';

/** What a run's decision came to. `isHeld`: it went out but for changes that wait for a person. */
export interface RunDecided {
  listingsChanged: number;
  isHeld: boolean;
}

/**
 * Decides what a run has found; nothing before the setup is completed (R5). Of what the guard holds the items are read
 * again from the till and decided on again, until none is left unread or so many are confirmed that it is no accident.
 * @param asksTill whether this run may.
 */
export async function decideTenant(
  deps: Pick<InventorySyncDeps, 'db' | 'wake' | 'openTill' | 'unpaidReservationMs'>,
  { asksTill, ...run }: OfRun & { asksTill: boolean },
): Promise<RunDecided> {
  const { db, wake } = deps;
  const { tenant } = run;
  if (!(await readSyncFacts(db, tenant))?.isSetupComplete) return { listingsChanged: 0, isHeld: false };
  const { mostLosses } = await readGuardSettings(db, tenant);
  let { listingsChanged, unguarded } = await decideStored(deps, { tenant });
  for (;;) {
    const { unchecked, checked } = await countProposed(db, tenant);
    if (!asksTill || unchecked === 0 || checked > mostLosses) break;
    await recheckProposed(deps, run);
    const again = await decideStored(deps, { tenant });
    listingsChanged += again.listingsChanged;
    unguarded ??= again.unguarded;
  }
  const { held, wakeUps } = await noteHeld(db, run, unguarded);
  await wake(wakeUps);
  return { listingsChanged, isHeld: held > 0 };
}
