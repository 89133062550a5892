import type { Transaction } from '../../db/database.ts';
import { foreseeListings } from '../../db/inventory/foresee-listings.ts';
import type { SavedStep } from '../../db/setup/save-step.ts';
import { describeListingChange, stepEffects } from '../../domain/setup/step-effects.ts';
import type { SetupDeps } from './setup.ts';

/**
 * Saves a step that decides which listings show, and with what price, and foresees what it sets off: once the setup is
 * completed, how what is displayed would move.
 */
export async function saveListingStep(
  { db, wake, unpaidReservationMs }: Pick<SetupDeps, 'db' | 'wake' | 'unpaidReservationMs'>,
  tenant: string,
  save: (tx: Transaction) => Promise<SavedStep>,
): Promise<{ version: number; effects: string[] }> {
  const { saved, effects } = await db.transaction(async (tx) => {
    const saved = await save(tx);
    if (saved.isUnchanged) return { saved, effects: [stepEffects.unchanged] };
    if (!saved.isCompleted) return { saved, effects: [stepEffects.beforeCompletion] };
    const change = await foreseeListings(tx, tenant, unpaidReservationMs);
    return { saved, effects: [stepEffects.decidedAgain, ...describeListingChange(change)] };
  });
  await wake(saved.owed);
  return { version: saved.version, effects };
}
