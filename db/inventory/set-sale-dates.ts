import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import type { WakeUp } from '../notify/wake-ups.ts';
import { requestWakeUp } from '../notify/wake-ups.ts';
import { lockZone } from './lock-zone.ts';
import type { SaleDates } from './sale-columns.ts';
import { saleColumns } from './sale-columns.ts';
import { touch } from './touch.ts';

/** Which items: all of a brand or a category, spelled as pushed, or a list of SKUs. */
export type SaleSelection = { brand: string } | { category: string } | { skus: string[] };

/**
 * Sets the sale dates of all selected items in one statement (R14).
 * @returns which items were selected, and the wake-ups owed.
 * @throws Problem `invalid` for a sale that ends before it begins.
 */
export async function setSaleDates(
  db: Database,
  tenant: string,
  selection: SaleSelection,
  dates: SaleDates,
): Promise<{ skus: string[]; owed: WakeUp[] }> {
  return db.transaction(async (tx) => {
    const { saleStart, saleEnd, saleStartsAt, saleEndsAt } = saleColumns(dates, await lockZone(tx, tenant), 'end');
    const which =
      'brand' in selection
        ? sql`brand = ${selection.brand}`
        : 'category' in selection
          ? sql`category = ${selection.category}`
          : sql`sku in (select jsonb_array_elements_text(${JSON.stringify(selection.skus)}::jsonb))`;
    const chosen = await tx.execute<{ sku: string }>(sql`
      update catalog_items c set sale_start = ${saleStart}, sale_end = ${saleEnd},
        sale_starts_at = ${saleStartsAt}::timestamptz, sale_ends_at = ${saleEndsAt}::timestamptz, updated_at = now()
      from (select sku from catalog_items where tenant = ${tenant} and ${which} order by sku for update) chosen
      where c.tenant = ${tenant} and c.sku = chosen.sku
      returning c.sku`);
    const skus = chosen.map(({ sku }) => sku);
    await touch(tx, tenant, 'sku', skus);
    return { skus, owed: skus.length === 0 ? [] : [await requestWakeUp(tx, tenant, 'sale-boundary', tenant)] };
  });
}
