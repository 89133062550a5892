import { claimRun } from '../../db/inventory/claim-run.ts';
import { listUnseen } from '../../db/inventory/list-unseen.ts';
import type { FullPullDeps } from './full-pull.ts';
import type { OfRun } from './pull-stream.ts';
import { runOver } from './pull-stream.ts';
import { idsPerCall } from './read-again.ts';
import { rereadItems } from './reread-items.ts';

/**
 * Asks the till once more for each item that a full pull has not met: a list that lost a page looks like a complete one,
 * and an item must not be hidden for that. What is found counts as seen; what was archived comes back as such.
 */
export async function rereadMissing(
  deps: Pick<FullPullDeps, 'db' | 'openTill'>,
  { tenant, runId }: OfRun,
): Promise<void> {
  const { db } = deps;
  const claim = await claimRun(db, tenant, runId);
  if (!claim) throw runOver();
  for (let after = ''; ; ) {
    const itemIds = await listUnseen(db, tenant, runId, after, idsPerCall);
    if (itemIds.length === 0) return;
    await rereadItems(deps, claim, itemIds);
    after = itemIds.at(-1)!;
  }
}
