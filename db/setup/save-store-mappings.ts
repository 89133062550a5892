import { eq } from 'drizzle-orm';
import type { Transaction } from '../database.ts';
import { storeMappings } from '../schema/setup.ts';
import type { SavedStep, StepSave } from './save-step.ts';
import { saveStep } from './save-step.ts';

export interface StoreMapping {
  shopId: string;
  shopName: string;
  locationId: string;
}

/** Replaces the tenant's whole map of shops to locations (R6). */
export function saveStoreMappings(tx: Transaction, save: StepSave, stores: StoreMapping[]): Promise<SavedStep> {
  return saveStep(tx, save, async () => {
    await tx.delete(storeMappings).where(eq(storeMappings.tenant, save.tenant));
    if (stores.length > 0) {
      await tx.insert(storeMappings).values(stores.map((store) => ({ tenant: save.tenant, ...store })));
    }
    return { storesDone: stores.length > 0 };
  });
}
