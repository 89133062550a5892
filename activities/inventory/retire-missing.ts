import { claimRun } from '../../db/inventory/claim-run.ts';
import { markPulled } from '../../db/inventory/full-pull-state.ts';
import { noteRetirement } from '../../db/inventory/note-retirement.ts';
import { retireUnseen } from '../../db/inventory/retire-unseen.ts';
import type { FullPullDeps } from './full-pull.ts';
import type { OfRun } from './pull-stream.ts';
import { runOver } from './pull-stream.ts';

/** After a complete pull: retires what it hasn't seen, unless that is suspiciously much. @returns whether it was held. */
export async function retireMissing(
  { db, wake }: Pick<FullPullDeps, 'db' | 'wake'>,
  { tenant, runId }: OfRun,
): Promise<boolean> {
  const claim = await claimRun(db, tenant, runId);
  const retired = claim && (await retireUnseen(db, claim));
  if (!retired) throw runOver();
  await markPulled(db, tenant, runId);
  await wake(await noteRetirement(db, tenant, retired));
  return retired.kind === 'held';
}
