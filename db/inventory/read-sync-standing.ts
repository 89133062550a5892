import { sql } from 'drizzle-orm';
import type { SyncStanding } from '../../domain/inventory/explain-sync.ts';
import { describePull, secondsLeft } from '../../domain/inventory/pull-progress.ts';
import { missingForCompletion } from '../../domain/setup/setup-steps.ts';
import type { Database } from '../database.ts';
import { readSetup } from '../setup/read-setup.ts';
import { summariseSetup } from '../setup/summarise-setup.ts';
import { readFreshness } from './read-freshness.ts';
import { readLastPull } from './read-last-pull.ts';
import { readSyncFacts } from './read-sync-facts.ts';

/** Where the tenant's sync stands: what `explain` and availability say of the age of things. */
export async function readSyncStanding(db: Database, tenant: string): Promise<SyncStanding> {
  const [stored, facts, { isPaused, ageSeconds }, pull, failure] = await Promise.all([
    readSetup(db, tenant),
    readSyncFacts(db, tenant),
    readFreshness(db, tenant),
    readLastPull(db, tenant),
    readFailure(db, tenant),
  ]);
  return {
    isSetupComplete: stored.setup.completedAt !== null,
    missing: missingForCompletion(summariseSetup(stored)),
    connection: facts?.connection?.state ?? null,
    isPulled: facts?.isPulled ?? false,
    pull: pull?.state === 'running' ? describePull(pull, secondsLeft(pull)) : null,
    isPaused,
    failure,
    ageSeconds,
  };
}

async function readFailure(db: Database, tenant: string): Promise<SyncStanding['failure']> {
  const [row] = await db.execute<{ state: string; message: string; ageSeconds: number }>(sql`
    select state, coalesce(error_message, error_code, '') as message,
      floor(extract(epoch from now() - ended_at))::int as "ageSeconds"
    from sync_runs where tenant = ${tenant} and state <> 'running' and mode <> 'local'
    order by started_at desc limit 1`);
  return row?.state === 'failed' ? { message: row.message, ageSeconds: row.ageSeconds } : null;
}
