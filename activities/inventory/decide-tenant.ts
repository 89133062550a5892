import { decideListings } from '../../db/inventory/decide-listings.ts';
import { readSyncFacts } from '../../db/inventory/read-sync-facts.ts';
import type { InventorySyncDeps } from './inventory-sync.ts';

/**
 * Matches, decides, prices and publishes what is stored; nothing before the setup is completed (R5).
 * @returns how many listings changed.
 */
export async function decideTenant(
  { db, wake, unpaidReservationMs }: Pick<InventorySyncDeps, 'db' | 'wake' | 'unpaidReservationMs'>,
  { tenant }: { tenant: string },
): Promise<number> {
  if (!(await readSyncFacts(db, tenant))?.isSetupComplete) return 0;
  const { listingsChanged, wakeUps } = await decideListings(db, tenant, unpaidReservationMs);
  await wake(wakeUps);
  return listingsChanged;
}
