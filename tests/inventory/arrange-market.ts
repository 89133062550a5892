import { and, eq } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { mappings, posItems, posStock, safetyStock } from '../../db/schema/inventory.ts';
import { fulfilments, orderExports, orderLines, orders, payments } from '../../db/schema/orders.ts';
import { storeMappings } from '../../db/schema/setup.ts';
import { stockTill, stockWeb } from './arrange-tenant.ts';
import type { Market, Order, Ware } from './listing-rules.ts';

/** Of the till's clock, from which stock rows and sales count their seconds. */
const dawn = Date.parse('2026-11-24T06:00:00Z');

/** Puts a market's wares, stock and orders into the tables; again for what it has become later. */
export async function arrangeMarket(
  db: Database,
  tenant: string,
  { wares, orders: placed, stores, safety }: Market,
): Promise<void> {
  if (Object.keys(stores).length === 0) await db.delete(storeMappings).where(eq(storeMappings.tenant, tenant));
  await arrangeSafety(db, tenant, safety);
  const moment = (seconds: number | null) => (seconds === null ? null : new Date(Date.now() + seconds * 1_000));
  await stockWeb(
    db,
    tenant,
    wares.map(({ sku, saleStarts, saleEnds }) => ({
      sku,
      saleStartsAt: moment(saleStarts),
      saleEndsAt: moment(saleEnds),
    })),
  );
  await stockTill(
    db,
    tenant,
    wares.map(({ sku, isArchived, regular, sale }) => ({
      itemId: itemOf(sku),
      archived: isArchived,
      prices: { ...(regular !== null && { '1': regular }), ...(sale !== null && { '2': sale }) },
    })),
  );
  await db.delete(mappings).where(eq(mappings.tenant, tenant));
  await db.insert(mappings).values(
    wares.map(({ sku, isMapped }) => ({
      tenant,
      sku,
      state: isMapped ? ('mapped' as const) : ('unmatched' as const),
      itemId: isMapped ? itemOf(sku) : null,
      candidates: [],
      reason: '',
    })),
  );
  await db.delete(posStock).where(eq(posStock.tenant, tenant));
  const rows = wares.flatMap(stockRows(tenant));
  if (rows.length > 0) await db.insert(posStock).values(rows);
  if (placed.length > 0 && (await db.$count(orders, eq(orders.tenant, tenant))) === 0) {
    for (const [place, one] of placed.entries()) await placeOrder(db, tenant, `o${place}`, one);
  }
  await db
    .update(posItems)
    .set({ retiredAt: null })
    .where(and(eq(posItems.tenant, tenant), eq(posItems.archived, false)));
}

async function arrangeSafety(db: Database, tenant: string, { all, places, skus }: Market['safety']): Promise<void> {
  await db.delete(safetyStock).where(eq(safetyStock.tenant, tenant));
  const of = (level: 'location' | 'sku', units: Record<string, number>) =>
    Object.entries(units).map(([key, count]) => ({ tenant, level, key, units: count }));
  await db
    .insert(safetyStock)
    .values([{ tenant, level: 'tenant' as const, key: '', units: all }, ...of('location', places), ...of('sku', skus)]);
}

function itemOf(sku: string): string {
  return sku.replace('s', '10');
}

function stockRows(tenant: string) {
  return ({ sku, shelves }: Ware) =>
    shelves.map(({ shopId, readAt, ...figures }) => ({
      tenant,
      itemId: itemOf(sku),
      shopId,
      qoh: String(figures.qoh),
      sellable: String(figures.sellable),
      backorder: String(figures.backorder),
      reorderPoint: String(figures.reorderPoint),
      reorderLevel: String(figures.reorderLevel),
      timeStamp: new Date(dawn + readAt * 1_000),
    }));
}

async function placeOrder(db: Database, tenant: string, orderId: string, one: Order): Promise<void> {
  const of = { tenant, orderId };
  const arrivedAt = new Date(Date.now() - one.ageHours * 3_600_000);
  const cancelledAt = one.isCancelled ? new Date() : null;
  await db.insert(orders).values({ ...of, total: String(one.total), currency: 'USD', arrivedAt, cancelledAt });
  await db.insert(orderLines).values({
    ...of,
    lineId: 'a',
    sku: one.sku,
    quantity: String(one.quantity),
    cancelledQuantity: String(one.cancelledQuantity),
    isGiftCard: one.isGiftCard,
    locationId: one.locationId,
  });
  for (const state of ['captured', 'authorised'] as const) {
    if (one[state] === 0) continue;
    const paid = { paymentId: state, state, amount: String(one[state]), method: 'card', capturedAt: new Date() };
    await db.insert(payments).values({ ...of, ...paid });
  }
  if (one.fulfilled > 0) {
    const fulfilled = { fulfilmentId: 'f', lineId: 'a', quantity: String(one.fulfilled), at: new Date() };
    await db.insert(fulfilments).values({ ...of, ...fulfilled, fulfilledBy: 'store' });
  }
  if (one.exportState === null) return;
  const saleCompletedAt = one.exportState === 'exported' ? new Date(dawn + one.soldAt * 1_000) : null;
  const state = one.exportState as typeof orderExports.$inferInsert.state;
  await db.insert(orderExports).values({ ...of, state, saleCompletedAt, messageCode: 'x', message: 'x' });
}
