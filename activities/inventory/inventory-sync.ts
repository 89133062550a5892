import type { Database } from '../../db/database.ts';
import type { OpenTill } from '../../lightspeed/till.ts';
import type { InventorySchedules } from '../../temporal/inventory-schedules.ts';
import type { Wake } from '../../temporal/wake.ts';
import { beginSync } from './begin-sync.ts';
import { decideTenant } from './decide-tenant.ts';
import type { SyncEnd } from './end-sync.ts';
import { endSync } from './end-sync.ts';
import { keepAlive } from './keep-alive.ts';
import { pollChanges } from './poll-changes.ts';
import type { OfRun } from './pull-stream.ts';
import { readManufacturers } from './read-manufacturers.ts';
import { startMissingPull } from './start-missing-pull.ts';

/** What the steps of a sync work with. */
export interface InventorySyncDeps {
  db: Database;
  openTill: OpenTill;
  schedules: InventorySchedules;
  wake: Wake;
  /** How long an unpaid order reserves its units. */
  unpaidReservationMs: number;
}

/** The steps of an inventory sync; the full pull and the sale boundary share some. `beginSync` and `endSync` are local. */
export function createInventorySyncActivities(deps: InventorySyncDeps) {
  return {
    beginSync: (input: Parameters<typeof beginSync>[1]) => beginSync(deps, input),
    startMissingPull: (input: { tenant: string }) => keepAlive(() => startMissingPull(deps, input)),
    pollChanges: (run: OfRun) => keepAlive(() => pollChanges(deps, run)),
    readManufacturers: (run: Parameters<typeof readManufacturers>[1]) => keepAlive(() => readManufacturers(deps, run)),
    decideTenant: (run: Parameters<typeof decideTenant>[1]) => keepAlive(() => decideTenant(deps, run)),
    endSync: (end: SyncEnd) => endSync(deps, end),
  };
}

export type InventorySyncActivities = ReturnType<typeof createInventorySyncActivities>;
