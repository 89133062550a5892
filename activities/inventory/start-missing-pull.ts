import type { InventorySyncDeps } from './inventory-sync.ts';

/** Starts the full pull that an account needs before its first poll. Safe to repeat: one under way goes on. */
export async function startMissingPull(
  { schedules }: Pick<InventorySyncDeps, 'schedules'>,
  { tenant }: { tenant: string },
): Promise<void> {
  await schedules.startFullPull(tenant, 'setup');
}
