import { sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { hasOrderStatus } from '../../db/setup/has-order-status.ts';
import { listLocationNames } from '../../db/setup/list-location-names.ts';
import type { SetupRow } from '../../db/setup/lock-setup.ts';
import { onlyChanged } from '../../db/setup/only-changed.ts';
import type { ExportOutlook } from '../../db/setup/read-export-outlook.ts';
import { readExportOutlook } from '../../db/setup/read-export-outlook.ts';
import type { SavedStep, SetupChanges } from '../../db/setup/save-step.ts';
import { saveStep } from '../../db/setup/save-step.ts';
import { wakeWaitingOrders } from '../../db/setup/wake-waiting-orders.ts';
import { Problem } from '../../domain/problem.ts';
import type { OrderExportSettings } from '../../domain/setup/settings.ts';
import { describeExport, stepEffects } from '../../domain/setup/step-effects.ts';
import { exportWarnings } from '../../domain/setup/till-warnings.ts';
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
  const { saved, orders, outlook } = await db.transaction(async (tx) => {
    const orders = await wakeWaitingOrders(tx, tenant);
    const decide = (before: SetupRow) => onlyChanged(before, { orderExport: settings, ...exportFrom(before, choice) });
    return { saved: await saveStep(tx, save, decide), orders, outlook: await readExportOutlook(tx, tenant) };
  });
  await wake([...saved.owed, ...orders]);
  return { version: saved.version, warnings, effects: effectsOf(saved, choice, outlook) };
}

/** Also of a choice that was so already: from when on, and what waits, is what the admin wants to know. */
function effectsOf(
  { isUnchanged, isCompleted }: SavedStep,
  choice: OrderExportChoice,
  outlook: ExportOutlook,
): string[] {
  const exportFrom = outlook.exportFrom?.toISOString() ?? null;
  return [
    ...(isUnchanged ? [stepEffects.unchanged] : []),
    ...describeExport(choice, { ...outlook, exportFrom }),
    ...(isCompleted ? [] : [stepEffects.beforeCompletion]),
  ];
}

async function checked(
  db: Database,
  openTill: OpenTill,
  tenant: string,
  choice: OrderExportChoice,
): Promise<{ settings: OrderExportSettings; warnings: string[] }> {
  if (choice.mode === 'off') {
    const settings = { mode: 'off' } as const;
    return { settings, warnings: exportWarnings(settings, { registers: [], items: [] }) };
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
  // Until the setup is completed nothing is exported: then the completion is the moment.
  if (!before.completedAt) return { exportFrom: null };
  const mode = before.orderExport?.mode ?? 'off';
  const isTurnedOn = choice.mode === 'on' ? mode !== 'on' : mode === 'off';
  return isTurnedOn ? { exportFrom: sql`now()` } : {};
}
