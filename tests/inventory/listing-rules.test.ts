import { asc, eq, getTableColumns } from 'drizzle-orm';
import * as fc from 'fast-check';
import { expect } from 'vitest';
import type { Database } from '../../db/database.ts';
import { unguarded } from '../../db/inventory/guard.ts';
import type { Published } from '../../db/inventory/publish-listings.ts';
import { publishListings } from '../../db/inventory/publish-listings.ts';
import { listings } from '../../db/schema/inventory.ts';
import { test } from '../stack-test.ts';
import { arrangeMarket } from './arrange-market.ts';
import { arrangeTenant } from './arrange-tenant.ts';
import type { Market, Order, Ware } from './listing-rules.ts';
import { listPlainly } from './listing-rules.ts';

const unpaidMs = 72 * 3_600_000;
const { tenant: _, updatedAt: __, ...columns } = getTableColumns(listings);
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
    safety: fc.record(
      {
        all: some(0, 0, 1, 2),
        places: some<Record<string, number>>({}, {}, { harbour: 3 }, { mill: 0 }),
        skus: some<Record<string, number>>({}, {}, { s0: 0 }, { s1: 2 }),
      },
      { noNullPrototype: true },
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
      await arrangeMarket(db, tenant, market);
      await publish(db, tenant);
      expect(await shown(db, tenant)).toEqual(stated(market));
    }),
    { numRuns: 100, endOnFailure: true },
  );
});

test('a listing takes a new version only when it changes, and one no longer mapped becomes a tombstone', async ({
  db,
}) => {
  await fc.assert(
    fc.asyncProperty(markets, fc.array(ware, { maxLength: 4 }), async (market, wares) => {
      const later = { ...market, wares: market.wares.map((one, n) => ({ ...one, ...wares[n] })) };
      const tenant = await arrangeTenant(db, market);
      await arrangeMarket(db, tenant, market);
      const first = await publish(db, tenant);
      const before = await feed(db, tenant);
      await arrangeMarket(db, tenant, later);
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
      const was = (sku: string) => before.find((row) => row.sku === sku && !row.removed);
      const counts = {
        listingsChanged: changed.length,
        mapped: changed.filter(({ sku, removed }) => !was(sku) && !removed).length,
        shown: changed.filter(({ sku, displayed }) => displayed && !was(sku)?.displayed).length,
        hidden: changed.filter(({ sku, displayed }) => !displayed && was(sku)?.displayed).length,
      };
      expect(second).toEqual(changed.length === 0 ? null : { counts, from: newest + 1, to: newest + changed.length });
      expect(await publish(db, tenant)).toBeNull();
    }),
    { numRuns: 60, endOnFailure: true },
  );
});

test('an order that was delivered, and cancelled in part later, gives no stock back', async ({ db }) => {
  const tenant = await arrangeTenant(db, { exportMode: 'off' });
  const mug: Ware = {
    sku: 's0',
    isMapped: true,
    isArchived: false,
    regular: '10',
    sale: null,
    saleStarts: null,
    saleEnds: null,
    shelves: [{ shopId: '1', qoh: 4, sellable: 4, backorder: 0, reorderPoint: 0, reorderLevel: 0, readAt: 0 }],
  };
  const sold: Order = {
    sku: 's0',
    locationId: 'harbour',
    quantity: 2,
    cancelledQuantity: 1,
    isGiftCard: false,
    isCancelled: false,
    ageHours: 0,
    total: 10,
    captured: 10,
    authorised: 0,
    fulfilled: 2,
    exportState: null,
    soldAt: 0,
  };
  const waiting = { ...sold, cancelledQuantity: 0, fulfilled: 0 };
  const shop = {
    pricing: { enabled: false },
    exportMode: 'off',
    stores: { '1': 'harbour' },
    safety: { all: 0, places: {}, skus: {} },
  } as const;
  const importSettings = { onHand: true, onOrder: false, reorder: false };
  await arrangeMarket(db, tenant, { ...shop, importSettings, wares: [mug], orders: [sold, waiting] });
  await publish(db, tenant);
  expect(await shown(db, tenant)).toMatchObject({ s0: { quantity: 2, quantityByLocation: { harbour: 2 } } });
});

type Row = Awaited<ReturnType<typeof feed>>[number];

function sameContent(old: Row, row: Row): boolean {
  return JSON.stringify({ ...old, version: 0 }) === JSON.stringify({ ...row, version: 0 });
}

function publish(db: Database, tenant: string): Promise<Published | null> {
  return db.transaction((tx) =>
    publishListings(tx, tenant, { scope: 'everything', moment: new Date().toISOString(), unpaidMs, guard: unguarded }),
  );
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
