import { heartbeat } from '@temporalio/activity';
import type { Database } from '../../db/database.ts';
import { overdueNotifyTenants } from '../../db/notify/overdue-notify-tenants.ts';
import { listOverdueWakeUps } from '../../db/notify/wake-ups.ts';
import { listDueChecks } from '../../db/setup/list-due-checks.ts';
import type { Signals } from '../../temporal/signals.ts';
import type { Wake } from '../../temporal/wake.ts';

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
}

/** Signals again what was committed and not signalled, and has due connections looked at. Safe to repeat: a signal only means "look again". */
export async function sweepOverdue({
  db,
  wake,
  signals,
}: {
  db: Database;
  wake: Wake;
  signals: Signals;
}): Promise<SweepResult> {
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
  return { wakeUps, tenantsWithEvents: tenants.length, checks: due.length };
}
