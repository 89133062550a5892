import { and, eq, isNotNull, or, sql } from 'drizzle-orm';
import { resolveSaleWindow } from '../../domain/inventory/sale-window.ts';
import type { Transaction } from '../database.ts';
import { touchSelected } from '../inventory/touch.ts';
import type { WakeUp } from '../notify/wake-ups.ts';
import { requestWakeUp } from '../notify/wake-ups.ts';
import { catalogItems } from '../schema/inventory.ts';

/** Moves sales whose dates are days to the same days of another zone (R13). Items share dates: one update per pair. */
export async function retimeSales(tx: Transaction, tenant: string, timeZone: string): Promise<WakeUp[]> {
  const sales = await tx
    .selectDistinct({ start: catalogItems.saleStart, end: catalogItems.saleEnd })
    .from(catalogItems)
    .where(
      and(eq(catalogItems.tenant, tenant), or(isNotNull(catalogItems.saleStart), isNotNull(catalogItems.saleEnd))),
    );
  for (const sale of sales) {
    const { startsAt, endsAt } = resolveSaleWindow(sale, timeZone);
    await tx
      .update(catalogItems)
      .set({
        saleStartsAt: startsAt === null ? null : new Date(startsAt),
        saleEndsAt: endsAt === null ? null : new Date(endsAt),
      })
      .where(
        and(
          eq(catalogItems.tenant, tenant),
          sql`${catalogItems.saleStart} is not distinct from ${sale.start}`,
          sql`${catalogItems.saleEnd} is not distinct from ${sale.end}`,
        ),
      );
  }
  const dated = sql`select sku from catalog_items
    where tenant = ${tenant} and (sale_start is not null or sale_end is not null)`;
  await touchSelected(tx, tenant, 'sku', dated);
  return sales.length === 0 ? [] : [await requestWakeUp(tx, tenant, 'sale-boundary', tenant)];
}
