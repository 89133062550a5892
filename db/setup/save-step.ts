import { and, eq, sql } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import type { EventType } from '../../domain/notify/event-type.ts';
import { Problem } from '../../domain/problem.ts';
import type { Transaction } from '../database.ts';
import { touchEverything } from '../inventory/touch.ts';
import { resolveAttention } from '../notify/attention.ts';
import { recordEvent } from '../notify/record-event.ts';
import type { WakeUp } from '../notify/wake-ups.ts';
import { setupChanges, setups } from '../schema/setup.ts';
import type { SetupRow } from './lock-setup.ts';
import { lockSetup } from './lock-setup.ts';

/** Who saves what of the wizard. `requestId` names the request: repeated, it changes nothing and finds its first result. */
export interface StepSave {
  tenant: string;
  requestId: string;
  keyId: string | null;
  /** The version the admin saw; null: any. */
  ifMatch: number | null;
  step: string;
  choice: unknown;
  warnings: string[];
  /** What the storefront is told; without it, `settings.changed` once the setup is completed. */
  event?: { type: EventType; data: Record<string, unknown> };
}

/** What a step sets in the tenant's setup. */
export type SetupChanges = Omit<PgUpdateSetSource<typeof setups>, 'tenant' | 'version' | 'updatedAt' | 'warnings'>;

export interface SavedStep {
  /** The setup's version after the step. */
  version: number;
  /** The choice was the present one: nothing was written but what the admin should know about it now. */
  isUnchanged: boolean;
  /** Whether the setup was completed before, so that the step takes effect at once. */
  isCompleted: boolean;
  /** To be signalled after the commit. */
  owed: WakeUp[];
}

/**
 * Saves one step with its line in the audit trail, and raises the setup's version. A step redone with the same choice
 * leaves both as they are.
 * @param decide sees the locked setup and gives what to set, null if nothing differs; it may write to other tables in
 *   the same transaction.
 * @throws Problem `setup-changed`: another admin has saved since `ifMatch`.
 */
export async function saveStep(
  tx: Transaction,
  save: StepSave,
  decide: (before: SetupRow) => SetupChanges | null | Promise<SetupChanges | null>,
): Promise<SavedStep> {
  const { tenant, requestId, keyId, step, choice } = save;
  const before = await lockSetup(tx, tenant);
  const [done] = await tx
    .select({ version: setupChanges.version })
    .from(setupChanges)
    .where(and(eq(setupChanges.tenant, tenant), eq(setupChanges.requestId, requestId)));
  const isCompleted = before.completedAt !== null;
  if (done) return { version: done.version, isUnchanged: false, isCompleted, owed: [] };
  requireVersion(before.version, save.ifMatch);
  const changes = await decide(before);
  const version = changes ? before.version + 1 : before.version;
  await tx
    .update(setups)
    .set({ ...changes, version, warnings: { ...before.warnings, [step]: save.warnings }, updatedAt: sql`now()` })
    .where(eq(setups.tenant, tenant));
  // How often the till is read changes nothing in what was read.
  if (step !== 'sync-settings') await touchEverything(tx, tenant, 'settings');
  // The choice was held against the account just now.
  await resolveAttention(tx, tenant, { kind: 'setup', id: step });
  if (!changes) return { version, isUnchanged: true, isCompleted, owed: [] };
  await tx.insert(setupChanges).values({ tenant, requestId, keyId, step, version, choice: choice ?? {} });
  const changed = isCompleted ? { type: 'settings.changed' as const, data: { step, version } } : null;
  const event = save.event ?? changed;
  const owed = event ? [await recordEvent(tx, tenant, { ...event, subject: 'setup' })] : [];
  return { version, isUnchanged: false, isCompleted, owed };
}

function requireVersion(current: number, ifMatch: number | null): void {
  if (ifMatch === null || ifMatch === current) return;
  throw new Problem('setup-changed', `The setup has changed since: it is at version ${current}, you saw ${ifMatch}`, {
    field: 'If-Match',
    remedy: 'Read the setup again, see what the other admin has changed, and repeat with the new version.',
  });
}
