import type { Decided } from '../../db/inventory/decide-listings.ts';
import { decideListings } from '../../db/inventory/decide-listings.ts';
import type { InventorySyncDeps } from './inventory-sync.ts';

/** Matches, decides, prices and publishes what is stored, and tells the storefront. */
export async function decideStored(
  { db, wake, unpaidReservationMs }: Pick<InventorySyncDeps, 'db' | 'wake' | 'unpaidReservationMs'>,
  { tenant }: { tenant: string },
): Promise<Decided> {
  const decided = await decideListings(db, tenant, unpaidReservationMs);
  await wake(decided.wakeUps);
  return decided;
}
