import { listLocationNames } from '../../db/setup/list-location-names.ts';
import { saveStoreMappings } from '../../db/setup/save-store-mappings.ts';
import { unmappedLocations } from '../../domain/setup/unmapped-locations.ts';
import type { StepResult, StepTask, StoreChoice } from '../../workflows/messages/setup.ts';
import { checkStores } from './check-stores.ts';
import { listingEffects } from './listing-effects.ts';
import type { SetupDeps } from './setup.ts';

/**
 * Maps shops to locations (R6, R7). Safe to repeat: by the request's id.
 * @throws Problem for a shop or location that isn't there, or a setup that has changed.
 */
export async function saveStores(
  { db, openTill, wake }: Pick<SetupDeps, 'db' | 'openTill' | 'wake'>,
  task: StepTask<StoreChoice>,
): Promise<StepResult> {
  const till = await openTill(task.tenant, 'interactive');
  const shops = await till.shops();
  const locations = await listLocationNames(db, task.tenant);
  const { stores, warnings } = checkStores(task.choice, shops, locations);
  const save = { ...task, step: 'stores', warnings };
  const saved = await db.transaction((tx) => saveStoreMappings(tx, save, stores));
  await wake(saved.owed);
  return {
    version: saved.version,
    warnings: [...warnings, ...unmappedLocations(locations, stores)],
    effects: listingEffects(saved),
  };
}
