import { eq } from 'drizzle-orm';
import type { Transaction } from '../database.ts';
import { mappingDecisions, mappings, posItems, posManufacturers, posStock, pullCursors } from '../schema/inventory.ts';
import { storeMappings } from '../schema/setup.ts';
import type { SetupChanges } from './save-step.ts';

/**
 * Forgets what belongs to the former Lightspeed account: its ids mean something else in another. Listings stay as they
 * are, frozen, until the setup is completed again.
 * @returns what to set in the setup.
 */
export async function forgetAccount(tx: Transaction, tenant: string): Promise<SetupChanges> {
  for (const table of [storeMappings, posItems, posStock, posManufacturers, mappings, mappingDecisions, pullCursors]) {
    await tx.delete(table).where(eq(table.tenant, tenant));
  }
  return { storesDone: false, pricing: null, orderExport: null, completedAt: null, exportFrom: null };
}
