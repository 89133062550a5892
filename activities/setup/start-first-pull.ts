import { readSyncFacts } from '../../db/inventory/read-sync-facts.ts';
import { requestSync } from '../../db/setup/request-sync.ts';
import type { SetupDeps } from './setup.ts';

/**
 * Begins the first sync, and before it the full pull, unless the connected account was read completely within the last
 * day, for a preview perhaps: then a poll brings what has changed since. Safe to repeat: a pull under way goes on.
 */
export async function startFirstPull(
  { db, schedules }: Pick<SetupDeps, 'db' | 'schedules'>,
  { tenant }: { tenant: string },
): Promise<void> {
  const facts = await readSyncFacts(db, tenant);
  if (!facts?.isPulledLately) await schedules.startFullPull(tenant, 'setup');
  await requestSync(db, tenant, 'setup');
  await schedules.runSync(tenant);
}
