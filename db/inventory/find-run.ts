import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';

/** A run that a person may ask for. */
export type AskedMode = 'poll' | 'full';

/** The run of this mode under way, if one is. One that has been silent for 10 minutes was cut off: nobody waits for it. */
export async function findRunning(db: Database, tenant: string, mode: AskedMode): Promise<string | null> {
  const [run] = await db.execute<{ id: string }>(sql`
    select r.id from sync_runs r
    where r.tenant = ${tenant} and r.mode = ${mode} and r.state = 'running'
      and greatest(r.started_at, (
        select max(p.updated_at) from pull_cursors p where p.tenant = r.tenant and p.run_id = r.id
      )) > now() - interval '10 minutes'
    order by r.started_at desc limit 1`);
  return run?.id ?? null;
}

/** The first full pull, or the first other run, that began at a moment of the database's clock or later. */
export async function findRunSince(db: Database, tenant: string, mode: AskedMode, since: Date): Promise<string | null> {
  const [run] = await db.execute<{ id: string }>(sql`
    select id from sync_runs
    where tenant = ${tenant} and (mode = 'full') = ${mode === 'full'} and started_at >= ${since.toISOString()}::timestamptz
    order by started_at limit 1`);
  return run?.id ?? null;
}

/** The database's clock, by which runs begin. */
export async function readDatabaseTime(db: Database): Promise<Date> {
  const [row] = await db.execute<{ now: string }>(sql`select now() as now`);
  return new Date(row!.now);
}
