import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';

/**
 * How long ago, in seconds, each tenant's last good sync began; for one tenant, or for all whose setup is completed. One
 * that has had none yet is left out.
 */
export async function listFreshness(
  db: Database,
  tenant: string | null,
): Promise<{ tenant: string; ageSeconds: number }[]> {
  // By the index from the newest run on: the table of runs grows for ever.
  return db.execute<{ tenant: string; ageSeconds: number }>(sql`
    select s.tenant, extract(epoch from now() - good.started_at)::float8 as "ageSeconds"
    from setups s
    cross join lateral (
      select r.started_at from sync_runs r
      where r.tenant = s.tenant and r.mode in ('poll', 'full') and r.state in ('succeeded', 'held')
      order by r.started_at desc limit 1
    ) good
    where s.completed_at is not null ${tenant === null ? sql`` : sql`and s.tenant = ${tenant}`}
    order by s.tenant`);
}
