import { listLocationNames } from '../../db/setup/list-location-names.ts';
import { saveStoreMappings } from '../../db/setup/save-store-mappings.ts';
import { unmappedLocations } from '../../domain/setup/unmapped-locations.ts';
import type { StepResult, StepTask, StoreChoice } from '../../workflows/messages/setup.ts';
import { checkStores } from './check-stores.ts';
import { saveListingStep } from './save-listing-step.ts';
import type { SetupDeps } from './setup.ts';

/**
 * Maps shops to locations (R6, R7). Safe to repeat: by the request's id.
 * @throws Problem for a shop or location that isn't there, or a setup that has changed.
 */
export async function saveStores(
  deps: Pick<SetupDeps, 'db' | 'openTill' | 'wake' | 'unpaidReservationMs'>,
  task: StepTask<StoreChoice>,
): Promise<StepResult> {
  const { db, openTill } = deps;
  const till = await openTill(task.tenant, 'interactive');
  const shops = await till.shops();
  const locations = await listLocationNames(db, task.tenant);
  const { stores, warnings } = checkStores(task.choice, shops, locations);
  const save = { ...task, step: 'stores', warnings };
  const saved = await saveListingStep(deps, task.tenant, (tx) => saveStoreMappings(tx, save, stores));
  return { ...saved, warnings: [...warnings, ...unmappedLocations(locations, stores)] };
}
