import { decideAtBoundary } from './decide-at-boundary.ts';
import type { InventorySyncDeps } from './inventory-sync.ts';
import { keepAlive } from './keep-alive.ts';

export type SaleBoundaryDeps = Pick<InventorySyncDeps, 'db' | 'wake' | 'unpaidReservationMs'>;

export function createSaleBoundaryActivities(deps: SaleBoundaryDeps) {
  return { decideAtBoundary: (input: { tenant: string }) => keepAlive(() => decideAtBoundary(deps, input)) };
}

export type SaleBoundaryActivities = ReturnType<typeof createSaleBoundaryActivities>;
