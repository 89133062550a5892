import { nextBoundaryMs } from '../../db/inventory/next-boundary.ts';
import { readSyncFacts } from '../../db/inventory/read-sync-facts.ts';
import { decideStored } from './decide-stored.ts';
import type { SaleBoundaryDeps } from './sale-boundary.ts';

/**
 * Decides the listings as of now, if they may be decided at all, and says how long until the next sale begins or ends
 * (R13); null if none will, or if nothing is connected: a later change wakes the boundary again.
 */
export async function decideAtBoundary(deps: SaleBoundaryDeps, { tenant }: { tenant: string }): Promise<number | null> {
  const facts = await readSyncFacts(deps.db, tenant);
  // Before completion nothing runs (R5); without a connection listings freeze (R35).
  if (!facts?.isSetupComplete || !facts.isPulled || !facts.connection) return null;
  // Looked up before: a sale that begins while the listings are decided would be found neither begun nor to come.
  const waitMs = await nextBoundaryMs(deps.db, tenant);
  const askedAt = performance.now();
  await decideStored(deps, { tenant });
  return waitMs === null ? null : Math.max(0, waitMs - (performance.now() - askedAt));
}
