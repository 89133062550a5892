import { sql } from 'drizzle-orm';
import { readSyncFacts } from '../../db/inventory/read-sync-facts.ts';
import { readExportOutlook } from '../../db/setup/read-export-outlook.ts';
import { readSetup } from '../../db/setup/read-setup.ts';
import { saveStep } from '../../db/setup/save-step.ts';
import { summariseSetup } from '../../db/setup/summarise-setup.ts';
import { wakeWaitingOrders } from '../../db/setup/wake-waiting-orders.ts';
import { Problem } from '../../domain/problem.ts';
import { defaultSettings } from '../../domain/setup/default-settings.ts';
import { missingForCompletion } from '../../domain/setup/setup-steps.ts';
import { describeExport, stepEffects } from '../../domain/setup/step-effects.ts';
import type { StepResult, StepTask } from '../../workflows/messages/setup.ts';
import type { SetupDeps } from './setup.ts';

/**
 * Completes the setup (R5): from the commit on stock flows and orders are exported. A setup that is complete already
 * stays as it is.
 * @throws Problem `setup-incomplete` with everything that is missing.
 */
export async function completeSetup(
  { db, wake }: Pick<SetupDeps, 'db' | 'wake'>,
  task: StepTask<null>,
): Promise<StepResult> {
  const { tenant } = task;
  const stored = await readSetup(db, tenant);
  const warnings = Object.values(stored.setup.warnings).flat();
  if (stored.setup.completedAt) return { version: stored.setup.version, warnings, effects: [stepEffects.unchanged] };
  const save = { ...task, step: 'complete', warnings: [], event: { type: 'setup.completed' as const, data: {} } };
  const { version, owed, outlook } = await db.transaction(async (tx) => {
    const orders = await wakeWaitingOrders(tx, tenant);
    const saved = await saveStep(tx, save, async (before) => {
      requireNothingMissing(summariseSetup(await readSetup(tx, tenant)));
      return { completedAt: sql`now()`, exportFrom: before.exportFrom ?? sql`now()` };
    });
    const { version } = saved;
    return { version, owed: [...saved.owed, ...orders], outlook: await readExportOutlook(tx, tenant) };
  });
  await wake(owed);
  const { isPulled } = (await readSyncFacts(db, tenant))!;
  const exportFrom = outlook.exportFrom?.toISOString() ?? null;
  const sales = describeExport(stored.setup.orderExport ?? defaultSettings.orderExport, { ...outlook, exportFrom });
  return { version, warnings, effects: [isPulled ? stepEffects.firstPoll : stepEffects.firstPull, ...sales] };
}

function requireNothingMissing(summary: Parameters<typeof missingForCompletion>[0]): void {
  const missing = missingForCompletion(summary);
  if (missing.length === 0) return;
  throw new Problem('setup-incomplete', `Missing: ${missing.map(({ reason }) => reason).join('; ')}`, {
    remedy: missing.map(({ remedy }) => remedy).join('. '),
    errors: missing.map(({ step, reason }) => ({ field: step, message: reason })),
  });
}
