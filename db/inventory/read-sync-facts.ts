import { sql } from 'drizzle-orm';
import type { RunTrigger } from '../../domain/inventory/run-state.ts';
import type { ConnectionState } from '../../domain/setup/connection-state.ts';
import type { SyncSettings } from '../../domain/setup/settings.ts';
import type { Database } from '../database.ts';

/** What decides whether a sync runs, and whether it polls the till. */
export interface SyncFacts {
  now: string;
  zone: string;
  sync: SyncSettings;
  isSetupComplete: boolean;
  isPaused: boolean;
  connection: { id: string; state: ConnectionState } | null;
  /** A full pull of the connected account was complete once: what we know of the till is the whole of it. */
  isPulled: boolean;
  /** Within the last day, as the nightly pull would have it. */
  isPulledLately: boolean;
  isFullPullRunning: boolean;
  /** Who asked for the next run, if anybody has. */
  requestedBy: RunTrigger | null;
}

/** @returns null for a tenant that has not begun its setup. */
export async function readSyncFacts(db: Database, tenant: string): Promise<SyncFacts | null> {
  const [row] = await db.execute<SyncFacts & Record<string, unknown>>(sql`
    select now() as now, t.time_zone as zone, s.sync, s.completed_at is not null as "isSetupComplete",
      s.paused_at is not null as "isPaused",
      case when c.id is not null then jsonb_build_object('id', c.id, 'state', c.state) end as connection,
      exists (
        select from pull_cursors p join connections o on o.id = p.connection_id
        where p.tenant = t.tenant and p.stream = 'full' and p.watermark is not null and o.account_id = c.account_id
      ) as "isPulled",
      exists (
        select from pull_cursors p join connections o on o.id = p.connection_id
        where p.tenant = t.tenant and p.stream = 'full' and p.watermark is not null and o.account_id = c.account_id
          and p.updated_at > now() - interval '1 day'
      ) as "isPulledLately",
      exists (
        select from sync_runs r left join pull_cursors p on p.tenant = r.tenant and p.stream = 'full' and p.run_id = r.id
        where r.tenant = t.tenant and r.mode = 'full' and r.state = 'running'
          and greatest(r.started_at, p.updated_at) > now() - interval '10 minutes'
      ) as "isFullPullRunning",
      (select trigger from sync_requests q where q.tenant = t.tenant) as "requestedBy"
    from tenants t join setups s on s.tenant = t.tenant
    left join connections c on c.tenant = t.tenant and c.state in ('active', 'lost')
    where t.tenant = ${tenant}`);
  return row ? { ...row, now: new Date(row.now).toISOString() } : null;
}
