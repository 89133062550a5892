import { sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { hasOrderStatus } from '../../db/setup/has-order-status.ts';
import { listLocationNames } from '../../db/setup/list-location-names.ts';
import type { SetupRow } from '../../db/setup/lock-setup.ts';
import type { SetupChanges } from '../../db/setup/save-step.ts';
import { saveStep } from '../../db/setup/save-step.ts';
import { wakeWaitingOrders } from '../../db/setup/wake-waiting-orders.ts';
import { Problem } from '../../domain/problem.ts';
import type { OrderExportSettings } from '../../domain/setup/settings.ts';
import type { OpenTill } from '../../lightspeed/till.ts';
import type { OrderExportChoice, StepResult, StepTask } from '../../workflows/messages/setup.ts';
import { checkOrderExport } from './check-order-export.ts';
import type { SetupDeps } from './setup.ts';

/**
 * Whether and how orders become sales (R27–R29). Waiting orders look again at once. Safe to repeat: by the request's id.
 * @throws Problem naming the field at fault.
 */
export async function saveOrderExport(
  { db, openTill, wake }: Pick<SetupDeps, 'db' | 'openTill' | 'wake'>,
  task: StepTask<OrderExportChoice>,
): Promise<StepResult> {
  const { tenant, choice } = task;
  const { settings, warnings } = await checked(db, openTill, tenant, choice);
  const save = { ...task, step: 'order-export', warnings };
  const { version, owed } = await db.transaction(async (tx) => {
    const orders = await wakeWaitingOrders(tx, tenant);
    const saved = await saveStep(tx, save, (before) => ({
      orderExport: settings,
      ...exportFrom(before, choice),
    }));
    return { version: saved.version, owed: [...saved.owed, ...orders] };
  });
  await wake(owed);
  return { version, warnings };
}

async function checked(
  db: Database,
  openTill: OpenTill,
  tenant: string,
  choice: OrderExportChoice,
): Promise<{ settings: OrderExportSettings; warnings: string[] }> {
  if (choice.mode === 'off') {
    return { settings: { mode: 'off' }, warnings: ['Order export is off: orders wait until it is turned on.'] };
  }
  const status = choice.statusAfterExport;
  if (status !== null && !(await hasOrderStatus(db, tenant, status))) {
    throw new Problem('unknown-status', `The storefront has declared no order status "${status}"`, {
      field: 'statusAfterExport',
      remedy: 'Choose a declared status, or null for No change',
    });
  }
  const till = await openTill(tenant, 'interactive');
  const itemIds = [choice.shippingItemId, choice.taxItemId].filter((id) => id !== null);
  const [employees, registers, paymentTypes, items, locations] = await Promise.all([
    till.employees(),
    till.registers(),
    till.paymentTypes(),
    itemIds.length > 0 ? till.itemsById([...new Set(itemIds)]) : [],
    listLocationNames(db, tenant),
  ]);
  const locationIds = locations.map(({ locationId }) => locationId);
  return checkOrderExport(choice, { employees, registers, paymentTypes, items, locationIds });
}

/** From when on orders are exported: turning export on starts now, so that old orders don't go out by surprise. */
function exportFrom(before: SetupRow, choice: OrderExportChoice): SetupChanges {
  if (choice.mode === 'off') return {};
  if (choice.exportFrom !== null) return { exportFrom: new Date(choice.exportFrom) };
  const isTurnedOn = (before.orderExport?.mode ?? 'off') !== choice.mode;
  // Until the setup is completed nothing is exported: then the completion is the moment.
  return isTurnedOn ? { exportFrom: before.completedAt ? sql`now()` : null } : {};
}
