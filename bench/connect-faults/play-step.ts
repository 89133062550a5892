import { eq, sql } from 'drizzle-orm';
import { connections } from '../../db/schema/setup.ts';
import type { Step } from './draw-schedule.ts';
import type { Lane } from './open-lane.ts';

/** Does one step. What the product answers meanwhile is not judged: only where it stands in the end, and the till's log. */
export async function playStep(lane: Lane, step: Step): Promise<void> {
  const { shop, db, sandbox, tenant, account } = lane;
  const { admin, till } = shop;
  switch (step.kind) {
    case 'use':
      await times(step.callers, () => admin.call('GET', '/setup/options'));
      return;
    case 'sync':
      await admin.call('POST', '/sync/run');
      return;
    case 'connect':
      await times(step.times, () => shop.connect(step.employeeId).catch(ifBarred));
      return;
    case 'abandon':
      await admin.call('POST', '/setup/connect', {});
      return;
    case 'disconnect':
      await admin.call('POST', '/setup/disconnect');
      return;
    case 'expire':
      await till.call('POST', '/tokens/revoke', { only: 'access' });
      if (step.isTold) {
        await db.update(connections).set({ accessExpiresAt: sql`now()` }).where(eq(connections.tenant, tenant));
      }
      return;
    case 'revoke':
      await till.call('POST', '/tokens/revoke');
      return;
    case 'lock':
      await till.call('PATCH', '/employees/1', { lockOut: step.isLocked });
      return;
    case 'fault':
      await till.fault({ path: step.path, fault: step.fault, count: step.count });
      return;
    case 'drop-refreshes':
      await db.execute(sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and state = 'idle in transaction' and query like '%"connections"%for update%'`);
      return;
    case 'kill-worker':
      await lane.killWorker?.();
      return;
    case 'pass':
      await lane.pass(step.ms);
      return;
  }
  throw new Error(`no such step for account ${account} of ${sandbox.origin}`);
}

/** How many refreshes the rules allow because of a step. Those that only rest 15 s after a failure come with time. */
export function refreshesCausedBy(step: Step): number {
  switch (step.kind) {
    case 'expire':
    case 'revoke':
    case 'drop-refreshes':
    case 'kill-worker':
      return 1;
    case 'lock':
      return step.isLocked ? 1 : 0;
    case 'fault':
      return step.path === '/auth/oauth/token' ? step.count : 0;
    case 'pass': // a failure has rested or a look is due; after an hour the access token has died, too
      return step.ms >= 3_600_000 ? 2 : 1;
    case 'use':
    case 'sync':
    case 'connect':
    case 'abandon':
    case 'disconnect':
      return 0;
  }
}

function times(count: number, act: () => Promise<unknown>): Promise<unknown> {
  return Promise.all(Array.from({ length: count }, act));
}

/** Who is locked out can't sign in at Lightspeed: there is no way back to us. */
function ifBarred(error: unknown): void {
  if (!(error instanceof Error && error.message.includes('without a way back'))) throw error;
}
