import { onlyChanged } from '../../db/setup/only-changed.ts';
import { saveStep } from '../../db/setup/save-step.ts';
import type { ImportSettings } from '../../domain/setup/settings.ts';
import type { StepResult, StepTask } from '../../workflows/messages/setup.ts';
import { listingEffects } from './listing-effects.ts';
import type { SetupDeps } from './setup.ts';

/** Which mapped items show (R8). All off is accepted, and said. Safe to repeat: by the request's id. */
export async function saveImportSettings(
  { db, wake }: Pick<SetupDeps, 'db' | 'wake'>,
  task: StepTask<ImportSettings>,
): Promise<StepResult> {
  const { onHand, onOrder, reorder } = task.choice;
  const warnings = onHand || onOrder || reorder ? [] : ['No import setting is on: no item will show.'];
  const save = { ...task, step: 'import-settings', warnings };
  const saved = await db.transaction((tx) =>
    saveStep(tx, save, (before) => onlyChanged(before, { importSettings: task.choice })),
  );
  await wake(saved.owed);
  return { version: saved.version, warnings, effects: listingEffects(saved) };
}
