import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';

/** How fresh what the storefront shows is (R34). */
export interface Freshness {
  isPaused: boolean;
  /** When the last run that read the till and went well began: what was changed there before is taken in. */
  lastGoodSyncAt: Date | null;
  ageSeconds: number | null;
}

export async function readFreshness(db: Database, tenant: string): Promise<Freshness> {
  const [row] = await db.execute<{ isPaused: boolean; lastGoodSyncAt: string | null; ageSeconds: number | null }>(sql`
    select coalesce((select paused_at is not null from setups where tenant = ${tenant}), false) as "isPaused",
      max(started_at) as "lastGoodSyncAt", floor(extract(epoch from now() - max(started_at)))::int as "ageSeconds"
    from sync_runs where tenant = ${tenant} and mode in ('poll', 'full') and state in ('succeeded', 'held')`);
  const { lastGoodSyncAt, ...rest } = row!;
  return { ...rest, lastGoodSyncAt: lastGoodSyncAt === null ? null : new Date(lastGoodSyncAt) };
}
