import { claimRun } from '../../db/inventory/claim-run.ts';
import { commitPage } from '../../db/inventory/commit-page.ts';
import { listUnseen } from '../../db/inventory/list-unseen.ts';
import { toPosItem } from '../../db/inventory/to-pos-item.ts';
import type { FullPullDeps } from './full-pull.ts';
import type { OfRun } from './pull-stream.ts';
import { runOver } from './pull-stream.ts';
import { idsPerCall, readAgain } from './read-again.ts';

/**
 * Asks the till once more for each item that a full pull has not met: a list that lost a page looks like a complete one,
 * and an item must not be hidden for that. What is found counts as seen; what was archived comes back as such.
 */
export async function rereadMissing(
  { db, openTill }: Pick<FullPullDeps, 'db' | 'openTill'>,
  { tenant, runId }: OfRun,
): Promise<void> {
  const claim = await claimRun(db, tenant, runId);
  if (!claim) throw runOver();
  for (let after = ''; ; ) {
    const itemIds = await listUnseen(db, tenant, runId, after, idsPerCall);
    if (itemIds.length === 0) return;
    const found = await readAgain(db, await openTill(tenant, 'bulk'), tenant, itemIds);
    const stock = found.flatMap((item) => item.stock);
    // Such a call doesn't say what it cost or waited.
    const page = { pages: 1, items: found.map(toPosItem), stock, next: null, calls: 1, costDrips: '0', waitedMs: 0 };
    if (!(await commitPage(db, claim, 'full', page))) throw runOver();
    after = itemIds.at(-1)!;
  }
}
