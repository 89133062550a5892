import { and, asc, eq, getTableColumns } from 'drizzle-orm';
import * as fc from 'fast-check';
import { expect } from 'vitest';
import type { Database } from '../../db/database.ts';
import type { Published } from '../../db/inventory/publish-listings.ts';
import { publishListings } from '../../db/inventory/publish-listings.ts';
import { listings, mappings, posItems, posStock } from '../../db/schema/inventory.ts';
import { fulfilments, orderExports, orderLines, orders, payments } from '../../db/schema/orders.ts';
import { storeMappings } from '../../db/schema/setup.ts';
import { test } from '../stack-test.ts';
import { arrangeTenant, stockTill, stockWeb } from './arrange-tenant.ts';
import type { Market, Order, Ware } from './listing-rules.ts';
import { listPlainly } from './listing-rules.ts';

const unpaidMs = 72 * 3_600_000;
const { tenant: _, updatedAt: __, ...columns } = getTableColumns(listings);
/** Of the till's clock, from which stock rows and sales count their seconds. */
const dawn = Date.parse('2026-11-24T06:00:00Z');

const some = <T>(...values: T[]) => fc.constantFrom(...values);
const shelf = fc.record({
  shopId: some('1', '2', '3'),
  qoh: some(-3, -1, 0, 1, 2.5, 4),
  sellable: some(0, 1, 2.5, 4),
  backorder: some(0, 0, 2),
  reorderPoint: some(0, 0, 1),
  reorderLevel: some(0, 0, 1),
  readAt: some(0, 10),
});
const amount = some(null, '0', '0.004', '-1', '9.99', '10', '12.5');
const ware = fc.record({
  isMapped: some(true, true, true, false),
  isArchived: some(false, false, false, true),
  regular: amount,
  sale: amount,
  saleStarts: some(null, -60, 60),
  saleEnds: some(null, -30, 90),
  shelves: fc.uniqueArray(shelf, { maxLength: 3, selector: ({ shopId }) => shopId }),
});
const order = fc.record({
  sku: some('s0', 's1'),
  locationId: some(null, 'harbour', 'mill'),
  quantity: some(1, 2),
  cancelledQuantity: some(0, 0, 1),
  isGiftCard: some(false, false, false, true),
  isCancelled: some(false, false, false, true),
  ageHours: some(0, 71, 73),
  total: fc.constant(10),
  captured: some(0, 9, 10),
  authorised: some(0, 10),
  fulfilled: some(0, 0, 1, 2),
  exportState: some(
    null,
    'waiting',
    'claimed',
    'in-doubt',
    'attention',
    'exported',
    'exported',
    'cancelled',
    'not-exported',
    'resolved',
  ),
  soldAt: some(-5, 5, 10, 15),
});
const markets = fc
  .record({
    importSettings: fc.record(
      { onHand: fc.boolean(), onOrder: fc.boolean(), reorder: fc.boolean() },
      { noNullPrototype: true },
    ),
    pricing: some<Market['pricing']>(
      { enabled: false },
      { enabled: true, regularPriceLevelId: '1', salePriceLevelId: null },
      { enabled: true, regularPriceLevelId: '1', salePriceLevelId: '2' },
      { enabled: true, regularPriceLevelId: '1', salePriceLevelId: '2' },
    ),
    exportMode: some('off' as const, 'dry-run' as const, 'on' as const, 'on' as const),
    stores: some<Market['stores']>(
      { '1': 'harbour' },
      { '1': 'harbour', '2': 'harbour' },
      { '1': 'harbour', '2': 'mill' },
      { '2': 'mill', '3': 'mill', '1': 'harbour' },
      {},
    ),
    wares: fc.array(ware, { minLength: 1, maxLength: 4 }),
    orders: fc.array(order, { maxLength: 4 }),
  })
  .map((market): Market => ({ ...market, wares: market.wares.map((one, n) => ({ ...one, sku: `s${n}` })) }));

test('listings show what the settings, the stock, the promises and the prices say (R8, R10–R13, R19)', async ({
  db,
}) => {
  await fc.assert(
    fc.asyncProperty(markets, async (market) => {
      const tenant = await arrangeTenant(db, market);
      await arrange(db, tenant, market);
      await publish(db, tenant);
      expect(await shown(db, tenant)).toEqual(stated(market));
    }),
    { numRuns: 100 },
  );
});

test('a listing takes a new version only when it changes, and one no longer mapped becomes a tombstone', async ({
  db,
}) => {
  await fc.assert(
    fc.asyncProperty(markets, fc.array(ware, { maxLength: 4 }), async (market, wares) => {
      const later = { ...market, wares: market.wares.map((one, n) => ({ ...one, ...wares[n] })) };
      const tenant = await arrangeTenant(db, market);
      await arrange(db, tenant, market);
      const first = await publish(db, tenant);
      const before = await feed(db, tenant);
      await arrange(db, tenant, later);
      const second = await publish(db, tenant);
      const after = await feed(db, tenant);
      expect(await shown(db, tenant)).toEqual(stated(later));
      const gone = market.wares.filter((one, n) => one.isMapped && !later.wares[n]!.isMapped).map(({ sku }) => sku);
      expect(after.filter(({ removed }) => removed).map(({ sku }) => sku)).toEqual(gone);
      const changed = after.filter((row) => !before.some((old) => sameContent(old, row)));
      const kept = after.filter((row) => !changed.includes(row));
      for (const row of kept) expect(before.find(({ sku }) => sku === row.sku)!.version).toBe(row.version);
      const versions = changed.map(({ version }) => version).sort((a, b) => a - b);
      const newest = first?.to ?? 0;
      expect(versions).toEqual(changed.map((_, place) => newest + 1 + place));
      expect(second).toEqual(
        changed.length === 0 ? null : { count: changed.length, from: newest + 1, to: newest + changed.length },
      );
      expect(await publish(db, tenant)).toBeNull();
    }),
    { numRuns: 60 },
  );
});

type Row = Awaited<ReturnType<typeof feed>>[number];

function sameContent(old: Row, row: Row): boolean {
  return JSON.stringify({ ...old, version: 0 }) === JSON.stringify({ ...row, version: 0 });
}

function publish(db: Database, tenant: string): Promise<Published | null> {
  return db.transaction((tx) => publishListings(tx, tenant, unpaidMs));
}

async function feed(db: Database, tenant: string) {
  const rows = await db.select(columns).from(listings).where(eq(listings.tenant, tenant)).orderBy(asc(listings.sku));
  return rows;
}

async function shown(db: Database, tenant: string) {
  const live = (await feed(db, tenant)).filter(({ removed }) => !removed);
  return Object.fromEntries(
    live.map(({ sku, displayed, reason, quantity, quantityByLocation, price, salePrice }) => [
      sku,
      { displayed, reason, quantity, quantityByLocation, price, salePrice },
    ]),
  );
}

function stated(market: Market) {
  return Object.fromEntries(
    market.wares.filter(({ isMapped }) => isMapped).map((one) => [one.sku, listPlainly(market, one)]),
  );
}

async function arrange(db: Database, tenant: string, { wares, orders: placed, stores }: Market): Promise<void> {
  if (Object.keys(stores).length === 0) await db.delete(storeMappings).where(eq(storeMappings.tenant, tenant));
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
