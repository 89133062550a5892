import { claimRun } from '../../db/inventory/claim-run.ts';
import { retireUnseen } from '../../db/inventory/retire-unseen.ts';
import type { FullPullDeps } from './full-pull.ts';
import type { OfRun } from './pull-stream.ts';
import { runOver } from './pull-stream.ts';

/** After a complete pull: retires what it hasn't seen, and has everything decided anew. */
export async function retireMissing({ db }: Pick<FullPullDeps, 'db'>, { tenant, runId }: OfRun): Promise<void> {
  const claim = await claimRun(db, tenant, runId);
  if (!claim || !(await retireUnseen(db, claim))) throw runOver();
}
