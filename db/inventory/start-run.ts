import { sql } from 'drizzle-orm';
import type { RunTrigger } from '../../domain/inventory/run-state.ts';
import type { Database, Transaction } from '../database.ts';
import { touchEverything } from './touch.ts';

export interface NewRun {
  tenant: string;
  /** Drawn by the workflow, so that a repeated step makes no second row. */
  runId: string;
  trigger: RunTrigger;
  mode: 'poll' | 'local' | 'full';
  connectionId: string | null;
}

/**
 * Writes the run's row, takes over what was asked for, and ends runs of the same kind that were cut off so hard that
 * nothing recorded their end: those silent for `silentMs`.
 */
export async function startRun(db: Database, run: NewRun, silentMs: number): Promise<void> {
  await db.transaction(async (tx) => {
    await endSilentRuns(tx, run, silentMs);
    await tx.execute(sql`
      insert into sync_runs (id, tenant, trigger, mode, state, connection_id)
      values (${run.runId}, ${run.tenant}, ${run.trigger}, ${run.mode}, 'running', ${run.connectionId})
      on conflict (id) do nothing`);
    if (run.mode !== 'full') await tx.execute(sql`delete from sync_requests where tenant = ${run.tenant}`);
  });
}

async function endSilentRuns(tx: Transaction, run: NewRun, silentMs: number): Promise<void> {
  const { count } = await tx.execute(sql`
    update sync_runs r set state = 'failed', ended_at = now(), error_code = 'interrupted',
      error_message = 'The run was cut off; the next one goes on.'
    where r.tenant = ${run.tenant} and (r.mode = 'full') = ${run.mode === 'full'} and r.state = 'running'
      and r.id <> ${run.runId} and greatest(r.started_at, (
        select max(p.updated_at) from pull_cursors p where p.tenant = r.tenant and p.run_id = r.id
      )) < now() - ${silentMs} * interval '1 millisecond'`);
  // The pages that it read before it was cut off stay.
  if (run.mode === 'full' && count > 0) await touchEverything(tx, run.tenant, 'pull');
}
