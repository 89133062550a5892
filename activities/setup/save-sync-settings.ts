import { saveStep } from '../../db/setup/save-step.ts';
import type { SyncSettings } from '../../domain/setup/settings.ts';
import type { StepResult, StepTask } from '../../workflows/messages/setup.ts';
import type { SetupDeps } from './setup.ts';

/** How often, and in which hours, the till is polled (R9). Safe to repeat: by the request's id. */
export async function saveSyncSettings(
  { db, wake }: Pick<SetupDeps, 'db' | 'wake'>,
  task: StepTask<SyncSettings>,
): Promise<StepResult> {
  const save = { ...task, step: 'sync-settings', warnings: [] };
  const { version, owed } = await db.transaction((tx) => saveStep(tx, save, () => ({ sync: task.choice })));
  await wake(owed);
  return { version, warnings: [] };
}
