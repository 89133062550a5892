import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import type { WakeUp } from '../notify/wake-ups.ts';
import { requestWakeUp } from '../notify/wake-ups.ts';
import type { PosItemRow } from './write-items.ts';
import { writeItems } from './write-items.ts';
import type { PosStockRow } from './write-stock.ts';
import { writeStock } from './write-stock.ts';

/**
 * Writes what the till has just told of some items where pulls write it, older rows never over newer ones, and has their
 * listings decided again.
 * @returns the wake-ups owed; null, and nothing is written, if the connection is no longer the working one.
 */
export async function commitLiveRead(
  db: Database,
  tenant: string,
  connectionId: string,
  { items, stock }: { items: PosItemRow[]; stock: PosStockRow[] },
): Promise<WakeUp[] | null> {
  const itemIds = items.map(({ itemId }) => itemId);
  return db.transaction(async (tx) => {
    const held = await tx.execute(sql`
      select from connections where id = ${connectionId} and tenant = ${tenant} and state = 'active' for key share`);
    if (held.length === 0) return null;
    await writeItems(tx, tenant, items);
    await writeStock(tx, tenant, stock);
    await tx.execute(sql`
      update live_reads set read_at = clock_timestamp()
      where tenant = ${tenant} and item_id = any(${sql.param(itemIds)}::text[])`);
    return [await requestWakeUp(tx, tenant, 'sale-boundary', tenant)];
  });
}
