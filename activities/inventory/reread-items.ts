import type { RunClaim } from '../../db/inventory/claim-run.ts';
import { commitPage } from '../../db/inventory/commit-page.ts';
import { toPosItem } from '../../db/inventory/to-pos-item.ts';
import type { InventorySyncDeps } from './inventory-sync.ts';
import { runOver } from './pull-stream.ts';
import { readAgain } from './read-again.ts';

/**
 * Reads items by id once more, at most `idsPerCall`, and commits what is found as a page of the claimed run.
 * @throws LightspeedError `malformed` for an answer that lost its rows. @throws ApplicationFailure `run-over`.
 */
export async function rereadItems(
  { db, openTill }: Pick<InventorySyncDeps, 'db' | 'openTill'>,
  claim: RunClaim,
  itemIds: string[],
): Promise<void> {
  const found = await readAgain(db, await openTill(claim.tenant, 'bulk'), claim.tenant, itemIds);
  const stock = found.flatMap((item) => item.stock);
  // Such a call doesn't say what it cost or waited.
  const page = { pages: 1, items: found.map(toPosItem), stock, next: null, calls: 1, costDrips: '0', waitedMs: 0 };
  if (!(await commitPage(db, claim, 'full', page))) throw runOver();
}
