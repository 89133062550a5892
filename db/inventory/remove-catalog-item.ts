import { and, eq } from 'drizzle-orm';
import type { Database } from '../database.ts';
import type { WakeUp } from '../notify/wake-ups.ts';
import { requestWakeUp } from '../notify/wake-ups.ts';
import { catalogItems, mappingDecisions, mappings } from '../schema/inventory.ts';
import { touch } from './touch.ts';

/**
 * Takes an item out of the catalogue, with its mapping and what was decided about it. Its listing becomes a tombstone
 * when listings are next decided, which the wake-up owed sees to.
 * @returns null if there is no such item.
 */
export async function removeCatalogItem(db: Database, tenant: string, sku: string): Promise<WakeUp[] | null> {
  return db.transaction(async (tx) => {
    const removed = await tx
      .delete(catalogItems)
      .where(and(eq(catalogItems.tenant, tenant), eq(catalogItems.sku, sku)))
      .returning({ sku: catalogItems.sku });
    if (removed.length === 0) return null;
    const [mapping] = await tx
      .delete(mappings)
      .where(and(eq(mappings.tenant, tenant), eq(mappings.sku, sku)))
      .returning({ itemId: mappings.itemId, candidates: mappings.candidates });
    await touch(tx, tenant, 'sku', [sku]);
    // Others may want the items that this one stood in the way of.
    const freed = [mapping?.itemId ?? null, ...(mapping?.candidates ?? []).map(({ itemId }) => itemId)];
    await touch(
      tx,
      tenant,
      'item',
      freed.filter((itemId) => itemId !== null),
    );
    await tx.delete(mappingDecisions).where(and(eq(mappingDecisions.tenant, tenant), eq(mappingDecisions.sku, sku)));
    return [await requestWakeUp(tx, tenant, 'sale-boundary', tenant)];
  });
}
