import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import type { RunClaim } from './claim-run.ts';
import { lockClaim } from './claim-run.ts';
import { markPulled } from './full-pull-state.ts';
import { lockDecisions } from './lock-decisions.ts';

/**
 * Ends a *complete* full pull, for whose completeness the caller answers: retires live items that it has not seen since
 * its run began, and no poll either, and has everything decided anew. While listings are being decided it waits: a
 * decision about few items would see some of many retired, and the guard only those.
 * @returns false, and nothing is written, if the claim is no longer held.
 */
export async function retireUnseen(db: Database, claim: RunClaim): Promise<boolean> {
  const { tenant, runId } = claim;
  return db.transaction(async (tx) => {
    await lockDecisions(tx, tenant);
    if (!(await lockClaim(tx, claim))) return false;
    await tx.execute(sql`
      update pos_items i set retired_at = now() from sync_runs r
      where r.id = ${runId} and r.tenant = ${tenant} and i.tenant = ${tenant}
        and not i.archived and i.retired_at is null and i.seen_at < r.started_at`);
    await markPulled(tx, claim);
    return true;
  });
}
