import { decideAtBoundary } from './decide-at-boundary.ts';
import type { InventorySyncDeps } from './inventory-sync.ts';

export type SaleBoundaryDeps = Pick<InventorySyncDeps, 'db' | 'wake' | 'unpaidReservationMs'>;

export function createSaleBoundaryActivities(deps: SaleBoundaryDeps) {
  return { decideAtBoundary: (input: { tenant: string }) => decideAtBoundary(deps, input) };
}

export type SaleBoundaryActivities = ReturnType<typeof createSaleBoundaryActivities>;
