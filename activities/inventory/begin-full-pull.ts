import { findBegunRun } from '../../db/inventory/find-begun-run.ts';
import { readSyncFacts } from '../../db/inventory/read-sync-facts.ts';
import { resetForeignAccount } from '../../db/inventory/reset-account.ts';
import { startRun } from '../../db/inventory/start-run.ts';
import type { RunTrigger } from '../../domain/inventory/run-state.ts';
import type { FullPullDeps } from './full-pull.ts';

export type PullBeginning = { kind: 'idle'; why: string } | { kind: 'run' };

/** A pull that has committed nothing for so long was cut off. */
const silentMs = 30 * 60_000;

/** Writes the row of a full pull unless there is nothing to pull, or one is under way. Safe to repeat by `runId`. */
export async function beginFullPull(
  { db }: Pick<FullPullDeps, 'db'>,
  { tenant, runId, trigger }: { tenant: string; runId: string; trigger: RunTrigger },
): Promise<PullBeginning> {
  if (await findBegunRun(db, tenant, runId)) return { kind: 'run' };
  const facts = await readSyncFacts(db, tenant);
  // To read is not to sync (R5): what a preview has read is shown to nobody but the admin.
  if (!facts || (!facts.isSetupComplete && trigger !== 'preview')) {
    return { kind: 'idle', why: 'The setup is not completed.' };
  }
  const { connection } = facts;
  if (connection?.state !== 'active') return { kind: 'idle', why: 'Lightspeed is not connected.' };
  if (facts.isPaused && trigger === 'schedule') return { kind: 'idle', why: 'The sync is paused.' };
  if (facts.isFullPullRunning) return { kind: 'idle', why: 'A full pull is under way.' };
  await db.transaction((tx) => resetForeignAccount(tx, tenant, connection.id));
  await startRun(db, { tenant, runId, trigger, mode: 'full', connectionId: connection.id }, silentMs);
  return { kind: 'run' };
}
