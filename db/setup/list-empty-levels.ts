import { and, count, eq, gt } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { posItems, posPrices } from '../schema/inventory.ts';

/** How many items the till is known to have, and how many of them have a price at this level. */
export async function countPricedItems(
  db: Database,
  tenant: string,
  levelId: string,
): Promise<{ items: number; priced: number }> {
  const [items] = await db.select({ n: count() }).from(posItems).where(eq(posItems.tenant, tenant));
  const [priced] = await db
    .select({ n: count() })
    .from(posPrices)
    .where(and(eq(posPrices.tenant, tenant), eq(posPrices.levelId, levelId), gt(posPrices.amount, '0')));
  return { items: items!.n, priced: priced!.n };
}
