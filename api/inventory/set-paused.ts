import { z } from 'zod';
import { setSyncPaused } from '../../db/inventory/set-sync-paused.ts';
import { readScheduleFacts } from '../../db/setup/read-schedule-facts.ts';
import { Problem } from '../../domain/problem.ts';
import type { ApiParts } from '../http/api-parts.ts';

export const SyncPaused = z.object({ paused: z.boolean() }).meta({ id: 'SyncPaused' });

/** Pauses or resumes: the fact first, then the Schedules. A repeat brings Schedules in step that a crash left behind. */
export async function setPaused(
  { db, schedules }: Pick<ApiParts, 'db' | 'schedules'>,
  tenant: string,
  paused: boolean,
) {
  if (!(await setSyncPaused(db, tenant, paused))) {
    throw new Problem('setup-incomplete', 'The setup is not completed, so there is no sync', {
      remedy: 'Complete the wizard',
    });
  }
  const own = (await readScheduleFacts(db, tenant)).find((facts) => facts.tenant === tenant);
  if (own?.isRunning) await schedules.apply(own);
  return { body: { paused } };
}
