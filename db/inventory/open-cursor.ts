import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import type { RunClaim } from './claim-run.ts';
import { lockClaim } from './claim-run.ts';
import type { PullStream } from './commit-page.ts';

export interface PullCursor {
  /** The newest timestamp that the till has returned; null if nothing was ever read. */
  watermark: Date | null;
  /** Where the claimed run goes on; null: it begins. */
  next: string | null;
  /** Pages this run has committed already. */
  pages: number;
}

/**
 * The stream's place for the claimed run: another run's cursor is dropped, its watermark is kept.
 * @returns null, and nothing is written, if the claim is no longer held.
 */
export async function openCursor(db: Database, claim: RunClaim, stream: PullStream): Promise<PullCursor | null> {
  return db.transaction(async (tx) => {
    if (!(await lockClaim(tx, claim))) return null;
    const [row] = await tx.execute<{ watermark: string | null; next: string | null; pages: number }>(sql`
      insert into pull_cursors as stored (tenant, stream, connection_id, run_id)
      values (${claim.tenant}, ${stream}, ${claim.connectionId}, ${claim.runId})
      on conflict (tenant, stream) do update set
        next = case when stored.run_id = excluded.run_id then stored.next end,
        pages = case when stored.run_id = excluded.run_id then stored.pages else 0 end,
        run_id = excluded.run_id, connection_id = excluded.connection_id, updated_at = now()
      returning watermark, next, pages`);
    return { ...row!, watermark: row!.watermark === null ? null : new Date(row!.watermark) };
  });
}
