import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Database } from '../../db/database.ts';
import type { AskedMode } from '../../db/inventory/find-run.ts';
import { findRunning, findRunSince, readDatabaseTime } from '../../db/inventory/find-run.ts';
import type { SyncFacts } from '../../db/inventory/read-sync-facts.ts';
import { readSyncFacts } from '../../db/inventory/read-sync-facts.ts';
import { requestSync } from '../../db/setup/request-sync.ts';
import { Problem } from '../../domain/problem.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';

const answerWithinMs = 10_000;
const lookEveryMs = 100;

export const postSyncRunEndpoint = endpoint({
  method: 'post',
  path: '/v1/tenants/:tenant/sync/run',
  roles: ['admin'],
  summary: 'Run the sync now',
  description:
    'Polls the till whatever the time of day, or reads the whole account anew. Answers with the run of that mode under ' +
    'way, if one is.',
  params: TenantParams,
  body: z
    .strictObject({
      mode: z
        .enum(['poll', 'full'])
        .default('poll')
        .describe('`poll`: what has changed. `full`: everything, as at night; only that finds what was deleted'),
    })
    .prefault({}),
  success: { status: 202, body: z.object({ runId: z.uuid() }).meta({ id: 'SyncRunStarted' }) },
  problems: ['setup-incomplete', 'not-connected', 'connection-lost', 'sync-paused', 'unavailable'],
  async handle({ params: { tenant }, body: { mode } }, { db, schedules }) {
    refuseUnlessRunnable(await readSyncFacts(db, tenant));
    let askedAt = await readDatabaseTime(db); // before the look, so that a pull that begins meanwhile is found
    const running = await findRunning(db, tenant, mode);
    if (running !== null) return { body: { runId: running } };
    if (mode === 'full') {
      await schedules.startFullPull(tenant, 'person');
    } else {
      askedAt = await requestSync(db, tenant, 'person');
      await schedules.runSync(tenant);
    }
    return { body: { runId: await waitForRun(db, tenant, mode, askedAt) } };
  },
});

function refuseUnlessRunnable(facts: SyncFacts | null): void {
  if (!facts?.isSetupComplete) {
    throw new Problem('setup-incomplete', 'The setup is not completed', {
      remedy: 'Complete the wizard: GET …/setup names what is missing',
    });
  }
  if (!facts.connection) throw new Problem('not-connected', 'Lightspeed is not connected', { remedy: 'Connect it' });
  if (facts.connection.state !== 'active') {
    throw new Problem('connection-lost', 'Lightspeed refuses our access', { remedy: 'An admin must connect again' });
  }
  if (facts.isPaused) throw new Problem('sync-paused', 'The sync is paused', { remedy: 'Resume it first' });
}

async function waitForRun(db: Database, tenant: string, mode: AskedMode, since: Date): Promise<string> {
  for (let waitedMs = 0; waitedMs < answerWithinMs; waitedMs += lookEveryMs) {
    const runId = await findRunSince(db, tenant, mode, since);
    if (runId !== null) return runId;
    await pause(lookEveryMs);
  }
  throw new Problem('unavailable', 'The run was asked for and has not begun yet', {
    remedy: 'Look at …/sync/runs in a moment',
  });
}
