import { and, eq, sql } from 'drizzle-orm';
import type { Transaction } from '../database.ts';
import { setups } from '../schema/setup.ts';

/**
 * Puts what an admin should know now in the place of what was known when these steps were saved: a register is opened
 * and closed, a shop is added. Nothing if the setup has changed since `version`: its save has looked as well.
 */
export async function noteWarnings(
  tx: Transaction,
  tenant: string,
  version: number,
  warnings: Record<string, string[]>,
): Promise<void> {
  await tx
    .update(setups)
    .set({ warnings: sql`${setups.warnings} || ${JSON.stringify(warnings)}::jsonb` })
    .where(and(eq(setups.tenant, tenant), eq(setups.version, version)));
}
