import { claimRun } from '../../db/inventory/claim-run.ts';
import { listUnchecked, markChecked } from '../../db/inventory/proposed-items.ts';
import type { InventorySyncDeps } from './inventory-sync.ts';
import type { OfRun } from './pull-stream.ts';
import { runOver } from './pull-stream.ts';
import { idsPerCall } from './read-again.ts';
import { rereadItems } from './reread-items.ts';

/** Reads the next items of a proposal once more: an answer of the till that was wrong must hide nothing. */
export async function recheckProposed(
  deps: Pick<InventorySyncDeps, 'db' | 'openTill'>,
  { tenant, runId }: OfRun,
): Promise<void> {
  const { db } = deps;
  const itemIds = await listUnchecked(db, tenant, idsPerCall);
  const claim = await claimRun(db, tenant, runId);
  if (!claim) throw runOver();
  await rereadItems(deps, claim, itemIds);
  await markChecked(db, tenant, itemIds);
}
