import { createFullPullActivities } from '../activities/inventory/full-pull.ts';
import { createInventorySyncActivities } from '../activities/inventory/inventory-sync.ts';
import { createSaleBoundaryActivities } from '../activities/inventory/sale-boundary.ts';
import { createNotifyActivities } from '../activities/notify/notify.ts';
import { createSweepActivities } from '../activities/notify/sweep.ts';
import { createOrderAuditActivities } from '../activities/orders/order-audit.ts';
import { createOrderExportActivities } from '../activities/orders/order-export.ts';
import { createOrderRefundActivities } from '../activities/orders/order-refund.ts';
import { createConnectionHealthActivities } from '../activities/setup/connection-health.ts';
import { createSetupActivities } from '../activities/setup/setup.ts';
import { createTenantRemovalActivities } from '../activities/tenants/tenant-removal.ts';
import type { WorkerParts } from './open-worker-parts.ts';

/** Every activity of the installation, by its name, which is unique over all shelves. */
export function wireActivities(parts: WorkerParts) {
  const inventory = { ...parts, unpaidReservationMs: parts.config.UNPAID_RESERVATION_MS };
  return {
    ...createSetupActivities(inventory),
    ...createConnectionHealthActivities(parts),
    ...createInventorySyncActivities(inventory),
    ...createFullPullActivities(inventory),
    ...createSaleBoundaryActivities(inventory),
    ...createOrderExportActivities(parts),
    ...createOrderRefundActivities(parts),
    ...createOrderAuditActivities(parts),
    ...createNotifyActivities(parts),
    ...createSweepActivities(parts),
    ...createTenantRemovalActivities(parts),
  };
}
