import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '../database.ts';
import { recordEvent } from '../notify/record-event.ts';
import type { WakeUp } from '../notify/wake-ups.ts';
import { setups } from '../schema/setup.ts';
import { lockSetup } from './lock-setup.ts';

/**
 * Reminds of an unfinished setup, once per `reminder`.
 * @returns the wake-up owed; null when it was sent before or the setup has been completed.
 */
export async function recordReminder(
  tx: Transaction,
  tenant: string,
  reminder: string,
  data: Record<string, unknown>,
): Promise<WakeUp | null> {
  await lockSetup(tx, tenant); // a wizard in which nobody has come as far as to save anything is unfinished too
  const marked = await tx
    .update(setups)
    .set({ lastReminder: reminder })
    .where(
      and(
        eq(setups.tenant, tenant),
        isNull(setups.completedAt),
        sql`${setups.lastReminder} is distinct from ${reminder}`,
      ),
    )
    .returning({ tenant: setups.tenant });
  if (marked.length === 0) return null;
  return recordEvent(tx, tenant, { type: 'setup.reminder', subject: 'setup', data });
}
