import { eq } from 'drizzle-orm';
import { defaultSettings } from '../../domain/setup/default-settings.ts';
import type { Transaction } from '../database.ts';
import { setups } from '../schema/setup.ts';

export type SetupRow = typeof setups.$inferSelect;

/** The tenant's setup, locked until the transaction ends; begun with defaults if there is none yet. */
export async function lockSetup(tx: Transaction, tenant: string): Promise<SetupRow> {
  await tx.insert(setups).values({ tenant, sync: defaultSettings.sync }).onConflictDoNothing();
  const [row] = await tx.select().from(setups).where(eq(setups.tenant, tenant)).for('update');
  return row!;
}
