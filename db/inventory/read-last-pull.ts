import { sql } from 'drizzle-orm';
import type { RunState } from '../../domain/inventory/run-state.ts';
import type { Database } from '../database.ts';

/** The newest full pull of the connected account; drips, and drips a second. */
export interface LastPull {
  /** `running` only while it is: one that has been silent for 10 minutes was cut off, which is `failed`. */
  state: RunState;
  startedAt: Date;
  endedMsAgo: number | null;
  elapsedMs: number;
  /** Since the last page, or the beginning. */
  silentMs: number;
  pages: number;
  pagesExpected: number | null;
  itemsSeen: number;
  spentDrips: number;
  freeDrips: number;
  dripRate: number;
  errorMessage: string | null;
}

/** What bulk reads leave to others. */
const reserveDrips = 20;

/** Where the reading of the connected account stands. @returns null for an account that was never read. */
export async function readLastPull(db: Database, tenant: string): Promise<LastPull | null> {
  const [row] = await db.execute<Omit<LastPull, 'startedAt'> & { startedAt: string }>(sql`
    select case when r.state = 'running' and greatest(r.started_at, p.updated_at) <= now() - interval '10 minutes'
        then 'failed' else r.state end as state,
      r.started_at as "startedAt", extract(epoch from now() - r.ended_at)::float8 * 1000 as "endedMsAgo",
      extract(epoch from coalesce(r.ended_at, now()) - r.started_at)::float8 * 1000 as "elapsedMs",
      extract(epoch from now() - greatest(r.started_at, p.updated_at))::float8 * 1000 as "silentMs",
      r.pages, r.pages_expected as "pagesExpected", r.items_seen as "itemsSeen", r.drips::float8 as "spentDrips",
      coalesce(greatest(0, b.size - ${reserveDrips} - greatest(0, b.level - b.drip_rate * extract(epoch from now() - b.level_at))), 0)::float8
        as "freeDrips",
      coalesce(b.drip_rate, 1)::float8 as "dripRate", r.error_message as "errorMessage"
    from connections live
    join connections c on c.tenant = live.tenant and c.account_id = live.account_id
    join sync_runs r on r.tenant = c.tenant and r.connection_id = c.id and r.mode = 'full'
    left join pull_cursors p on p.tenant = r.tenant and p.stream = 'full' and p.run_id = r.id
    left join rate_buckets b on b.account_id = live.account_id
    where live.tenant = ${tenant} and live.state in ('active', 'lost')
    order by r.started_at desc limit 1`);
  return row ? { ...row, startedAt: new Date(row.startedAt) } : null;
}

/** When the last complete reading of the connected account began: what it gives is as of then. */
export async function readPulledAt(db: Database, tenant: string): Promise<Date | null> {
  const [row] = await db.execute<{ pulledAt: string | null }>(sql`
    select max(r.started_at) as "pulledAt"
    from connections live
    join connections c on c.tenant = live.tenant and c.account_id = live.account_id
    join sync_runs r on r.tenant = c.tenant and r.connection_id = c.id and r.mode = 'full'
    where live.tenant = ${tenant} and live.state in ('active', 'lost') and r.state in ('succeeded', 'held')`);
  return row?.pulledAt ? new Date(row.pulledAt) : null;
}
