import { onlyChanged } from '../../db/setup/only-changed.ts';
import { readZone } from '../../db/setup/read-zone.ts';
import { saveStep } from '../../db/setup/save-step.ts';
import type { SyncSettings } from '../../domain/setup/settings.ts';
import { describeSync, stepEffects } from '../../domain/setup/step-effects.ts';
import type { StepResult, StepTask } from '../../workflows/messages/setup.ts';
import type { SetupDeps } from './setup.ts';

/** How often, and in which hours, the till is polled (R9). Safe to repeat: by the request's id. */
export async function saveSyncSettings(
  { db, wake }: Pick<SetupDeps, 'db' | 'wake'>,
  task: StepTask<SyncSettings>,
): Promise<StepResult> {
  const save = { ...task, step: 'sync-settings', warnings: [] };
  const saved = await db.transaction((tx) =>
    saveStep(tx, save, (before) => onlyChanged(before, { sync: task.choice })),
  );
  await wake(saved.owed);
  const what = describeSync(task.choice, await readZone(db, task.tenant));
  const effects = saved.isCompleted ? what : [...what, stepEffects.beforeCompletion];
  return { version: saved.version, warnings: [], effects: saved.isUnchanged ? [stepEffects.unchanged] : effects };
}
