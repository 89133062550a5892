import { requestSync } from '../../db/setup/request-sync.ts';
import type { SetupDeps } from './setup.ts';

/** Has listings decided again by the changed settings, without a pull. Safe to repeat; without Schedules nothing runs. */
export async function startSettingsRun(
  { db, schedules }: Pick<SetupDeps, 'db' | 'schedules'>,
  { tenant }: { tenant: string },
): Promise<void> {
  await requestSync(db, tenant, 'settings');
  await schedules.runSync(tenant);
}
