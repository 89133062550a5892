import { createNotifyActivities } from '../activities/notify/notify.ts';
import { createSweepActivities } from '../activities/notify/sweep.ts';
import { createOrderExportActivities } from '../activities/orders/order-export.ts';
import { createSetupActivities } from '../activities/setup/setup.ts';
import type { WorkerParts } from './open-worker-parts.ts';

/** Every activity of the installation, by its name, which is unique over all shelves. */
export function wireActivities(parts: WorkerParts) {
  return {
    ...createSetupActivities(parts),
    ...createOrderExportActivities(parts),
    ...createNotifyActivities(parts),
    ...createSweepActivities(parts),
  };
}
