import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import type { RunClaim } from './claim-run.ts';
import { lockClaim } from './claim-run.ts';

/**
 * Retires live items that a *complete* full pull, begun when its run was, has not seen and no poll has seen since.
 * The caller answers for completeness. Should they be many, the guard holds what would follow.
 * @returns false, and nothing is written, if the claim is no longer held.
 */
export async function retireUnseen(db: Database, claim: RunClaim): Promise<boolean> {
  const { tenant, runId } = claim;
  return db.transaction(async (tx) => {
    if (!(await lockClaim(tx, claim))) return false;
    await tx.execute(sql`
      update pos_items i set retired_at = now() from sync_runs r
      where r.id = ${runId} and r.tenant = ${tenant} and i.tenant = ${tenant}
        and not i.archived and i.retired_at is null and i.seen_at < r.started_at`);
    return true;
  });
}
