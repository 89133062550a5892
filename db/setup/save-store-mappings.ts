import { isDeepStrictEqual } from 'node:util';
import { asc, eq, sql } from 'drizzle-orm';
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
    const byShop = stores.toSorted((one, other) => (one.shopId < other.shopId ? -1 : 1));
    if (isDeepStrictEqual(await readMap(tx, save.tenant), byShop)) return null;
    await tx.delete(storeMappings).where(eq(storeMappings.tenant, save.tenant));
    if (stores.length > 0) {
      await tx.insert(storeMappings).values(stores.map((store) => ({ tenant: save.tenant, ...store })));
    }
    return { storesDone: stores.length > 0 };
  });
}

/** In the order of shop ids as texts, whatever the database's collation. */
async function readMap(tx: Transaction, tenant: string): Promise<StoreMapping[]> {
  const { shopId, shopName, locationId } = storeMappings;
  return tx
    .select({ shopId, shopName, locationId })
    .from(storeMappings)
    .where(eq(storeMappings.tenant, tenant))
    .orderBy(asc(sql`${shopId} collate "C"`));
}
