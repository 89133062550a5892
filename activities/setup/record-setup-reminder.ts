import { readSetup } from '../../db/setup/read-setup.ts';
import { recordReminder } from '../../db/setup/record-reminder.ts';
import { summariseSetup } from '../../db/setup/summarise-setup.ts';
import { missingForCompletion, nextStep } from '../../domain/setup/setup-steps.ts';
import type { SetupDeps } from './setup.ts';

/** Tells the storefront that the setup waits, and for what. Safe to repeat: once per `reminder`. */
export async function recordSetupReminder(
  { db, wake }: Pick<SetupDeps, 'db' | 'wake'>,
  { tenant, reminder }: { tenant: string; reminder: string },
): Promise<void> {
  const summary = summariseSetup(await readSetup(db, tenant));
  const data = { nextStep: nextStep(summary), missing: missingForCompletion(summary).map(({ step }) => step) };
  const owed = await db.transaction((tx) => recordReminder(tx, tenant, reminder, data));
  if (owed) await wake([owed]);
}
