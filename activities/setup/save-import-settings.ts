import { onlyChanged } from '../../db/setup/only-changed.ts';
import { saveStep } from '../../db/setup/save-step.ts';
import type { ImportSettings } from '../../domain/setup/settings.ts';
import type { StepResult, StepTask } from '../../workflows/messages/setup.ts';
import { saveListingStep } from './save-listing-step.ts';
import type { SetupDeps } from './setup.ts';

/** Which mapped items show (R8). All off is accepted, and said. Safe to repeat: by the request's id. */
export async function saveImportSettings(
  deps: Pick<SetupDeps, 'db' | 'wake' | 'unpaidReservationMs'>,
  task: StepTask<ImportSettings>,
): Promise<StepResult> {
  const { onHand, onOrder, reorder } = task.choice;
  const warnings = onHand || onOrder || reorder ? [] : ['No import setting is on: no item will show.'];
  const save = { ...task, step: 'import-settings', warnings };
  const saved = await saveListingStep(deps, task.tenant, (tx) =>
    saveStep(tx, save, (before) => onlyChanged(before, { importSettings: task.choice })),
  );
  return { ...saved, warnings };
}
