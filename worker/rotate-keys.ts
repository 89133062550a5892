import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Database } from '../db/database.ts';
import type { SealedCount } from '../db/tenants/count-sealed.ts';
import { countSealed } from '../db/tenants/count-sealed.ts';
import { forgetFingerprints } from '../db/tenants/forget-fingerprints.ts';
import { resealColumn } from '../db/tenants/reseal-column.ts';
import { sealedColumns } from '../db/tenants/sealed-columns.ts';
import type { KeyRing } from '../runtime/key-ring.ts';
import type { AgedRun } from '../temporal/sealed-runs.ts';
import { listAgedRuns, renewRuns, resealSchedules } from '../temporal/sealed-runs.ts';
import type { TaskQueues } from '../temporal/task-queues.ts';

const pauseMs = 1_000;

export interface Rotation {
  /** What still needs older keys: values in the database, and open runs. None of either: they may be taken out. */
  values: SealedCount[];
  runs: AgedRun[];
}

interface RotationParts {
  db: Database;
  ring: KeyRing;
  client: Client;
  queues: TaskQueues;
  /** How long to come back for what others hold just then: a token refresh, a run's step. */
  patienceMs: number;
  /** Is told each result, one line each. */
  say: (line: string) => void;
}

/**
 * Brings everything that is sealed under the ring's first key, while API and workers run: the database's secrets in
 * place, Schedules, and open runs, which go on as new ones. Safe to break off and to repeat.
 */
export async function rotateKeys(parts: RotationParts): Promise<Rotation> {
  const until = Date.now() + parts.patienceMs;
  const values = await resealDatabase(parts, until);
  parts.say(`Schedules: ${await resealSchedules(parts.client, parts.queues)} written anew.`);
  const runs = await renewOpenRuns(parts, until);
  return { values, runs };
}

async function resealDatabase({ db, ring, say }: RotationParts, until: number): Promise<SealedCount[]> {
  let resealed = 0;
  for (;;) {
    let unreadable = 0;
    for (const column of sealedColumns) {
      const done = await resealColumn(db, ring, column);
      resealed += done.resealed;
      unreadable += done.unreadable;
    }
    const left = (await countSealed(db)).filter(({ keyId }) => keyId !== ring.keyIds[0]);
    const isAllUnreadable = left.reduce((sum, { count }) => sum + count, 0) === unreadable;
    if (left.length > 0 && !isAllUnreadable && Date.now() < until) {
      await pause(pauseMs);
      continue;
    }
    say(`Secrets in the database: ${resealed} sealed again.`);
    say(`Fingerprints of customers: ${await forgetFingerprints(db, ring.keyIds[0])} of older keys forgotten.`);
    return left;
  }
}

async function renewOpenRuns({ client, ring, queues, say }: RotationParts, until: number): Promise<AgedRun[]> {
  const asked = new Set<string>();
  for (;;) {
    const aged = await listAgedRuns(client, queues, ring.keyIds[0]);
    if (aged.length === 0 || Date.now() > until) {
      say(`Open workflow runs: ${asked.size} asked to go on as new ones.`);
      return aged;
    }
    for (const runId of await renewRuns(client, aged)) asked.add(runId);
    await pause(pauseMs);
  }
}
