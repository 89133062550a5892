import { heartbeat } from '@temporalio/activity';
import { overdueNotifyTenants } from '../../db/notify/overdue-notify-tenants.ts';
import { listOverdueWakeUps } from '../../db/notify/wake-ups.ts';
import { listDueChecks } from '../../db/setup/list-due-checks.ts';
import { listOpenRemovals } from '../../db/tenants/tenant-removal.ts';
import type { SweepDeps } from './sweep.ts';

/** Whoever committed a fact signals it within milliseconds: after this long, it was lost. */
const OVERDUE_MS = 5_000;
const AT_ONCE = 200;
const MOST = 5_000;

/** How many signals were owed and are now given. */
export interface SweepResult {
  wakeUps: number;
  tenantsWithEvents: number;
  /** Connections that were due for a look. */
  checks: number;
  /** Tenants that are being removed. */
  removals: number;
}

/**
 * Signals again what was committed and not signalled, has due connections looked at, and sees to it that removals are
 * under way. Safe to repeat: a signal only means "look again".
 */
export async function sweepOverdue({ db, wake, signals, startTenantRemoval }: SweepDeps): Promise<SweepResult> {
  let wakeUps = 0;
  while (wakeUps < MOST) {
    heartbeat();
    const owed = await listOverdueWakeUps(db, OVERDUE_MS, AT_ONCE);
    await wake(owed);
    wakeUps += owed.length;
    // A full page that couldn't be signalled comes back as it is: leave it to the next sweep.
    if (owed.length < AT_ONCE) break;
  }
  const tenants = await overdueNotifyTenants(db, OVERDUE_MS);
  for (const tenant of tenants) {
    heartbeat();
    await signals.notify(tenant);
  }
  const due = await listDueChecks(db, AT_ONCE);
  for (const tenant of due) {
    heartbeat();
    await signals.connectionHealth(tenant);
  }
  const removals = await listOpenRemovals(db);
  for (const tenant of removals) {
    heartbeat();
    await startTenantRemoval(tenant);
  }
  return { wakeUps, tenantsWithEvents: tenants.length, checks: due.length, removals: removals.length };
}
