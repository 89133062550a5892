import type { InventorySyncDeps } from './inventory-sync.ts';
import { pollItems } from './poll-items.ts';
import { pollStock } from './poll-stock.ts';
import type { OfRun } from './pull-stream.ts';
import { readManufacturers } from './read-manufacturers.ts';

/**
 * Reads what has changed in the till: items, stock, and the brands that are new with them. One step, as most runs find
 * little; each stream goes on from its last committed page if the step is made again.
 */
export async function pollChanges(deps: Pick<InventorySyncDeps, 'db' | 'openTill'>, run: OfRun): Promise<void> {
  await pollItems(deps, run);
  await pollStock(deps, run);
  await readManufacturers(deps, run);
}
