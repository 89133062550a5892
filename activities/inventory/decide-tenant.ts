import { decideListings } from '../../db/inventory/decide-listings.ts';
import type { InventorySyncDeps } from './inventory-sync.ts';

/** Matches, decides, prices and publishes what is stored. @returns how many listings changed. */
export async function decideTenant(
  { db, wake, unpaidReservationMs }: Pick<InventorySyncDeps, 'db' | 'wake' | 'unpaidReservationMs'>,
  { tenant }: { tenant: string },
): Promise<number> {
  const { listingsChanged, wakeUps } = await decideListings(db, tenant, unpaidReservationMs);
  await wake(wakeUps);
  return listingsChanged;
}
