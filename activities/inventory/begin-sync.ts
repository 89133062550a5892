import { findBegunRun } from '../../db/inventory/find-begun-run.ts';
import { readSyncFacts } from '../../db/inventory/read-sync-facts.ts';
import { startRun } from '../../db/inventory/start-run.ts';
import { isWithinDayWindow } from '../../domain/inventory/day-window.ts';
import type { RunTrigger } from '../../domain/inventory/run-state.ts';
import type { InventorySyncDeps } from './inventory-sync.ts';

/** `idle`: nothing is to be done, and why. `unread`: the account was never read completely, so a full pull must come first. */
export type SyncBeginning =
  | { kind: 'idle'; why: string }
  | { kind: 'unread' }
  | { kind: 'run'; mode: 'poll' | 'local' };

/** A run that has been silent for so long beyond its deadline was cut off. */
const silentMarginMs = 5 * 60_000;

/** Decides from the tenant's facts whether this run polls the till (R9), and writes its row. Safe to repeat by `runId`. */
export async function beginSync(
  { db }: Pick<InventorySyncDeps, 'db'>,
  { tenant, runId, trigger, deadlineMs }: { tenant: string; runId: string; trigger: RunTrigger; deadlineMs: number },
): Promise<SyncBeginning> {
  const begun = await findBegunRun(db, tenant, runId);
  if (begun) return { kind: 'run', mode: begun.mode === 'poll' ? 'poll' : 'local' };
  const facts = await readSyncFacts(db, tenant);
  if (!facts?.isSetupComplete) return { kind: 'idle', why: 'The setup is not completed.' };
  if (!facts.connection) return { kind: 'idle', why: 'Lightspeed is not connected.' };
  if (facts.connection.state !== 'active')
    return { kind: 'idle', why: 'The connection is lost: an admin must reconnect.' };
  if (!facts.isPulled)
    return facts.isFullPullRunning ? { kind: 'idle', why: 'The first full pull is under way.' } : { kind: 'unread' };
  const cause = facts.requestedBy ?? trigger;
  if (facts.isPaused && cause !== 'settings') return { kind: 'idle', why: 'The sync is paused.' };
  const isDay = isWithinDayWindow(facts.now, facts.zone, { start: facts.sync.dayStart, end: facts.sync.dayEnd });
  const polls = cause !== 'settings' && (isDay || cause !== 'schedule');
  const mode = polls ? 'poll' : 'local';
  const run = { tenant, runId, trigger: cause, mode, connectionId: facts.connection.id } as const;
  await startRun(db, run, deadlineMs + silentMarginMs);
  return { kind: 'run', mode };
}
