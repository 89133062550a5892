import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../database.ts';
import type { RunClaim } from './claim-run.ts';
import { lockClaim } from './claim-run.ts';

/** `held`: so many mapped items would go that a person must look first; none went. */
export type Retired = { kind: 'retired'; items: number } | { kind: 'held'; wouldHide: number; of: number };

/** A pull that would retire more mapped items than both of these is held. */
const smallNumber = 5;
const smallShare = 0.2;

/**
 * Retires live items that a *complete* full pull, begun when its run was, has not seen and no poll has seen since.
 * The caller answers for completeness.
 * @returns null, and nothing is written, if the claim is no longer held.
 */
export async function retireUnseen(db: Database, claim: RunClaim): Promise<Retired | null> {
  const { tenant, runId } = claim;
  return db.transaction(async (tx) => {
    if (!(await lockClaim(tx, claim))) return null;
    const { mapped, unseen } = await countMapped(tx, tenant, runId);
    if (unseen > Math.max(smallNumber, smallShare * mapped)) return { kind: 'held', wouldHide: unseen, of: mapped };
    const retired = await tx.execute(sql`
      update pos_items i set retired_at = now() from sync_runs r
      where r.id = ${runId} and r.tenant = ${tenant} and i.tenant = ${tenant}
        and not i.archived and i.retired_at is null and i.seen_at < r.started_at`);
    return { kind: 'retired', items: retired.count };
  });
}

async function countMapped(tx: Transaction, tenant: string, runId: string) {
  const [row] = await tx.execute<{ mapped: number; unseen: number }>(sql`
    select count(*)::int as mapped, count(*) filter (where i.seen_at < r.started_at)::int as unseen
    from mappings m join pos_items i on i.tenant = m.tenant and i.item_id = m.item_id, sync_runs r
    where m.tenant = ${tenant} and r.id = ${runId} and r.tenant = ${tenant} and not i.archived and i.retired_at is null`);
  return row!;
}
