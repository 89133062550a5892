import type { SetupSummary } from '../../domain/setup/setup-steps.ts';
import type { StoredSetup } from './read-setup.ts';

/** The stored setup as the wizard's rules look at it. */
export function summariseSetup({ setup, stores, connection, faults }: StoredSetup): SetupSummary {
  return {
    connection: connection?.state ?? null,
    mappedShopCount: stores.length,
    importSettings: setup.importSettings,
    pricing: setup.pricing,
    orderExport: setup.orderExport,
    faults,
    isCompleted: setup.completedAt !== null,
  };
}
