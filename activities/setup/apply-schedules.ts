import { readScheduleFacts } from '../../db/setup/read-schedule-facts.ts';
import type { SetupDeps } from './setup.ts';

/**
 * Brings the Schedules in step with the rows: there once the setup is completed and connected, else gone. Safe to
 * repeat, and for tenants that have lost their account to this one as well.
 */
export async function applySchedules(
  { db, schedules }: Pick<SetupDeps, 'db' | 'schedules'>,
  { tenant }: { tenant: string },
): Promise<void> {
  for (const facts of await readScheduleFacts(db, tenant)) {
    if (facts.isRunning) await schedules.apply(facts);
    else await schedules.remove(facts.tenant);
  }
}
