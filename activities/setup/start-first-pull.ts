import type { SetupDeps } from './setup.ts';

/** Begins the first full pull and the first sync. Safe to repeat: a pull under way goes on. */
export async function startFirstPull(
  { schedules }: Pick<SetupDeps, 'schedules'>,
  { tenant }: { tenant: string },
): Promise<void> {
  await schedules.startFullPull(tenant, 'setup');
  await schedules.runSync(tenant);
}
