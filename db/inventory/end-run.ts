import { sql } from 'drizzle-orm';
import type { RunState, RunTrigger } from '../../domain/inventory/run-state.ts';
import { defaultSettings } from '../../domain/setup/default-settings.ts';
import type { Database, Transaction } from '../database.ts';
import { openAttention, resolveAttention } from '../notify/attention.ts';
import { recordEvent } from '../notify/record-event.ts';
import type { WakeUp } from '../notify/wake-ups.ts';
import { requestWakeUp } from '../notify/wake-ups.ts';
import type { ListingCounts } from './publish-listings.ts';
import { touchEverything } from './touch.ts';

export interface RunEnd {
  tenant: string;
  runId: string;
  state: Exclude<RunState, 'running'>;
  counts: ListingCounts;
  error: { code: string; message: string } | null;
}

/**
 * Records how a run ended; tells `sync.failed` after so many failures in a row as the settings
 * say, and `sync.recovered` once after them.
 * A run that has ended already stays as it is.
 */
export async function endRun(db: Database, end: RunEnd): Promise<WakeUp[]> {
  const { tenant, runId, state, counts, error } = end;
  return db.transaction(async (tx) => {
    const [ended] = await tx.execute<{ mode: string; trigger: RunTrigger }>(sql`
      update sync_runs set state = ${state}, ended_at = now(), listings_changed = ${counts.listingsChanged},
        mapped = ${counts.mapped}, shown = ${counts.shown}, hidden = ${counts.hidden},
        error_code = ${error?.code ?? null}, error_message = ${error?.message ?? null}
      where id = ${runId} and tenant = ${tenant} and state = 'running'
      returning mode, trigger`);
    if (!ended) return [];
    // The pages that it read before it failed stay.
    if (ended.mode === 'full' && error) await touchEverything(tx, tenant, 'pull');
    // Nothing depends on a preview: who asked for it is told by its next answer.
    if (ended.trigger === 'preview') return [];
    if (!error) return tellRecovery(tx, tenant);
    // A right may be gone: looked for at once, not only when a look is due.
    const look = error.code === 'forbidden' ? [await requestWakeUp(tx, tenant, 'connection-health', tenant)] : [];
    return [...look, ...(await tellFailure(tx, tenant, error))];
  });
}

async function tellFailure(
  tx: Transaction,
  tenant: string,
  error: { code: string; message: string },
): Promise<WakeUp[]> {
  const [row] = await tx.execute<{ isToTell: boolean }>(sql`
    with wanted as (
      select coalesce((sync ->> 'failuresToTell')::int, ${defaultSettings.sync.failuresToTell}) as failures from setups where tenant = ${tenant}
    ), latest as (
      select state from sync_runs where tenant = ${tenant} and state <> 'running'
      order by ended_at desc limit (select failures from wanted)
    )
    select count(*) filter (where latest.state = 'failed') >= (select failures from wanted) as "isToTell" from latest`);
  if (!row!.isToTell) return [];
  const subject = { kind: 'sync', id: tenant, code: 'sync-failing' } as const;
  const remedy = 'Stock and prices stay as they were. The sync goes on by itself once the cause is gone.';
  if (!(await openAttention(tx, tenant, subject, { message: error.message, remedy }))) return [];
  return [await recordEvent(tx, tenant, { type: 'sync.failed', subject: 'sync', data: { code: error.code } })];
}

async function tellRecovery(tx: Transaction, tenant: string): Promise<WakeUp[]> {
  const subject = { kind: 'sync', id: tenant, code: 'sync-failing' } as const;
  if (!(await resolveAttention(tx, tenant, subject))) return [];
  return [await recordEvent(tx, tenant, { type: 'sync.recovered', subject: 'sync', data: {} })];
}
