import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../database.ts';
import type { RunClaim } from './claim-run.ts';
import { lockClaim } from './claim-run.ts';
import { touchEverything } from './touch.ts';

/** Before polls have a watermark, and for what the till has never stamped. */
const beginning = '1970-01-01T00:00:00.000Z';

/**
 * Notes, before the first page, from when polls must go on after this full pull, and how many items to expect. A
 * watermark that polls have set already stays: they go on beside the pull.
 * @returns false, and nothing is written, if the claim is no longer held.
 */
export async function startWatermarks(
  db: Database,
  claim: RunClaim,
  newest: { item: Date | null; stock: Date | null; items: number },
): Promise<boolean> {
  return db.transaction(async (tx) => {
    if (!(await lockClaim(tx, claim))) return false;
    await tx.execute(sql`
      insert into pull_cursors as stored (tenant, stream, connection_id, watermark)
      values (${claim.tenant}, 'items', ${claim.connectionId}, ${newest.item?.toISOString() ?? beginning}::timestamptz),
        (${claim.tenant}, 'stock', ${claim.connectionId}, ${newest.stock?.toISOString() ?? beginning}::timestamptz)
      on conflict (tenant, stream) do update set watermark = coalesce(stored.watermark, excluded.watermark)`);
    await tx.execute(sql`
      update sync_runs set pages_expected = ${Math.max(1, Math.ceil(newest.items / 100))}
      where id = ${claim.runId} and tenant = ${claim.tenant} and fence = ${claim.fence}`);
    return true;
  });
}

/** Says that the account was read completely: from now on listings are decided, and first of all anew. */
export async function markPulled(tx: Transaction, { tenant, runId }: RunClaim): Promise<void> {
  await tx.execute(sql`
    update pull_cursors set watermark = coalesce(
      (select i.watermark from pull_cursors i where i.tenant = ${tenant} and i.stream = 'items'), ${beginning}::timestamptz)
    where tenant = ${tenant} and stream = 'full' and run_id = ${runId}`);
  await touchEverything(tx, tenant, 'pull');
}
