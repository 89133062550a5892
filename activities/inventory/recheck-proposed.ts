import { claimRun } from '../../db/inventory/claim-run.ts';
import { commitPage } from '../../db/inventory/commit-page.ts';
import { listUnchecked, markChecked } from '../../db/inventory/proposed-items.ts';
import { toPosItem } from '../../db/inventory/to-pos-item.ts';
import type { InventorySyncDeps } from './inventory-sync.ts';
import type { OfRun } from './pull-stream.ts';
import { runOver } from './pull-stream.ts';
import { idsPerCall, readAgain } from './read-again.ts';

/** Reads the next items of a proposal once more: an answer of the till that was wrong must hide nothing. */
export async function recheckProposed(
  { db, openTill }: Pick<InventorySyncDeps, 'db' | 'openTill'>,
  { tenant, runId }: OfRun,
): Promise<void> {
  const itemIds = await listUnchecked(db, tenant, idsPerCall);
  const claim = await claimRun(db, tenant, runId);
  if (!claim) throw runOver();
  const found = await readAgain(db, await openTill(tenant, 'bulk'), tenant, itemIds);
  const stock = found.flatMap((item) => item.stock);
  // Such a call doesn't say what it cost or waited.
  const page = { pages: 1, items: found.map(toPosItem), stock, next: null, calls: 1, costDrips: '0', waitedMs: 0 };
  if (!(await commitPage(db, claim, 'full', page))) throw runOver();
  await markChecked(db, tenant, itemIds);
}
