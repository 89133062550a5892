import type { Database } from '../../db/database.ts';
import type { Signals } from '../../temporal/signals.ts';
import type { StartTenantRemoval } from '../../temporal/start-tenant-removal.ts';
import type { Wake } from '../../temporal/wake.ts';
import { sweepOverdue } from './sweep-overdue.ts';

export interface SweepDeps {
  db: Database;
  wake: Wake;
  signals: Signals;
  startTenantRemoval: StartTenantRemoval;
}

export type SweepActivities = ReturnType<typeof createSweepActivities>;

export function createSweepActivities(deps: SweepDeps) {
  return {
    signalOverdueFacts: () => sweepOverdue(deps),
  };
}
