import { randomUUID } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import * as fc from 'fast-check';
import { expect } from 'vitest';
import type { Database } from '../../db/database.ts';
import type { RunClaim } from '../../db/inventory/claim-run.ts';
import { commitPage } from '../../db/inventory/commit-page.ts';
import { decideListings } from '../../db/inventory/decide-listings.ts';
import { recordDecisions } from '../../db/inventory/record-decisions.ts';
import { removeCatalogItem } from '../../db/inventory/remove-catalog-item.ts';
import { setSaleDates } from '../../db/inventory/set-sale-dates.ts';
import { toPosItem } from '../../db/inventory/to-pos-item.ts';
import { touchEverything } from '../../db/inventory/touch.ts';
import { upsertCatalog } from '../../db/inventory/upsert-catalog.ts';
import { writeGuardSettings } from '../../db/inventory/write-guard-settings.ts';
import { writeManufacturers } from '../../db/inventory/write-manufacturers.ts';
import { recordCancellation } from '../../db/orders/record-cancellation.ts';
import { recordSnapshot } from '../../db/orders/record-snapshot.ts';
import { mappings, pullCursors, syncRuns } from '../../db/schema/inventory.ts';
import { connections } from '../../db/schema/setup.ts';
import { normaliseBrand } from '../../domain/inventory/brand.ts';
import { defaultGuard } from '../../domain/inventory/guard-settings.ts';
import type { OrderSnapshot } from '../../domain/orders/order-snapshot.ts';
import { Problem } from '../../domain/problem.ts';
import { test } from '../stack-test.ts';
import { arrangeTenant } from './arrange-tenant.ts';

const unpaidMs = 72 * 3_600_000;
const some = <T>(...values: T[]) => fc.constantFrom(...values);
const code = some(null, null, '012345678905', '0-12345-67890-5', '4006381333931', '96385074', '4006381333932', 'ABC-1');
const mpn = some(null, 'ab-12', 'AB 12', 'X9', 'Z1');
const brand = some(null, 'Fox', 'Giro');
const sku = some('s0', 's1', 's2', 's3', 's4', 's5');
const itemId = some('0', '1', '2', '3', '4', '5');
const whole = some(0, 1, 2);

const change = fc.oneof(
  { arbitrary: fc.record({ kind: some('web'), sku, gtin1: code, gtin2: code, mpn, brand }), weight: 4 },
  {
    arbitrary: fc.record({
      kind: some('till'),
      itemId,
      upc: code,
      ean: code,
      mpn,
      brand,
      archived: some(0, 0, 0, 1),
      whole,
    }),
    weight: 4,
  },
  { arbitrary: fc.record({ kind: some('stock'), itemId, qoh: some(-1, 0, 3, 5) }), weight: 2 },
  {
    arbitrary: fc.record({
      kind: some('decision'),
      sku,
      itemId,
      action: some('map', 'accept', 'reject', 'unmap', 'undo'),
    }),
    weight: 2,
  },
  { arbitrary: fc.record({ kind: some('gone'), sku }), weight: 1 },
  { arbitrary: fc.record({ kind: some('sale'), sku, start: some(null, '2020-01-01', '2999-01-01') }), weight: 1 },
  { arbitrary: fc.record({ kind: some('order'), order: some('o1', 'o2'), sku, quantity: some(1, 2) }), weight: 2 },
  { arbitrary: fc.record({ kind: some('cancel'), order: some('o1', 'o2') }), weight: 1 },
  {
    arbitrary: fc.record({ kind: some('brand'), brand: some('Fox', 'Giro'), name: some('Fox', 'Giro', 'Bell') }),
    weight: 1,
  },
) as fc.Arbitrary<Change>;

type Change =
  | { kind: 'web'; sku: string; gtin1: string | null; gtin2: string | null; mpn: string | null; brand: string | null }
  | {
      kind: 'till';
      itemId: string;
      upc: string | null;
      ean: string | null;
      mpn: string | null;
      brand: string | null;
      archived: number;
      whole: number;
    }
  | { kind: 'stock'; itemId: string; qoh: number }
  | { kind: 'decision'; sku: string; itemId: string; action: 'map' | 'accept' | 'reject' | 'unmap' | 'undo' }
  | { kind: 'gone'; sku: string }
  | { kind: 'sale'; sku: string; start: string | null }
  | { kind: 'order'; order: string; sku: string; quantity: number }
  | { kind: 'cancel'; order: string }
  | { kind: 'brand'; brand: string; name: string };

test('deciding only what was touched gives what deciding everything gives, after any changes', {
  timeout: 120_000,
}, async ({ db }) => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(change, { minLength: 1, maxLength: 3 }), { minLength: 4, maxLength: 12 }),
      async (rounds) => {
        const { tenant, claim } = await arrangeRun(db);
        for (const changes of [[], ...rounds]) {
          for (const one of changes) await make(db, claim, one);
          await decideListings(db, tenant, unpaidMs);
          const incremental = await verdicts(db, tenant);
          await db.transaction((tx) => touchEverything(tx, tenant, 'pull'));
          const { counts } = await decideListings(db, tenant, unpaidMs);
          expect(await verdicts(db, tenant)).toEqual(incremental);
          expect(counts.listingsChanged).toBe(0);
        }
      },
    ),
    { numRuns: 12, endOnFailure: true },
  );
});

async function arrangeRun(db: Database): Promise<{ tenant: string; claim: RunClaim }> {
  const pricing = { enabled: true, regularPriceLevelId: '1', salePriceLevelId: '2' } as const;
  const tenant = await arrangeTenant(db, { pricing });
  await writeGuardSettings(db, tenant, { ...defaultGuard, smallest: 1_000 }); // nothing is held here
  const connectionId = randomUUID();
  const [runId, account] = [randomUUID(), randomUUID()];
  await db.insert(connections).values({
    id: connectionId,
    tenant,
    accountId: account,
    accountName: account,
    userName: 'x',
    employeeId: '1',
    state: 'active',
    accessExpiresAt: new Date(),
  });
  await db
    .insert(syncRuns)
    .values({ id: runId, tenant, trigger: 'schedule', mode: 'poll', state: 'running', connectionId });
  await db.insert(pullCursors).values({ tenant, stream: 'full', connectionId, watermark: new Date() });
  return { tenant, claim: { tenant, runId, fence: 0, connectionId } };
}

async function make(db: Database, claim: RunClaim, one: Change): Promise<void> {
  const { tenant } = claim;
  switch (one.kind) {
    case 'web': {
      const { kind: _, ...item } = one;
      await upsertCatalog(db, tenant, [{ ...item, description: item.sku, category: null, sale: null }]);
      return;
    }
    case 'till':
      await page(db, claim, 'items', [itemOf(one)], []);
      return;
    case 'stock': {
      const figures = { backorder: '0', reorderPoint: '0', reorderLevel: '0', timeStamp: new Date() };
      const row = {
        itemId: one.itemId,
        shopId: '1',
        qoh: String(one.qoh),
        sellable: String(Math.max(0, one.qoh)),
        ...figures,
      };
      await page(db, claim, 'stock', [], [row]);
      return;
    }
    case 'decision':
      await recordDecisions(db, tenant, [{ sku: one.sku, action: one.action, itemId: one.itemId }], null).catch(
        refusal,
      );
      return;
    case 'gone':
      await removeCatalogItem(db, tenant, one.sku);
      return;
    case 'sale':
      await setSaleDates(db, tenant, { skus: [one.sku] }, { start: one.start, end: null });
      return;
    case 'order':
      await recordSnapshot(db, tenant, snapshotOf(one));
      return;
    case 'cancel':
      await recordCancellation(db, tenant, one.order, new Date());
      return;
    case 'brand': {
      const names = { Fox: 'Fox', Giro: 'Giro', [one.brand]: one.name };
      const rows = Object.entries(names).map(([id, name]) => ({
        manufacturerId: id,
        name,
        brandKey: normaliseBrand(name),
      }));
      await writeManufacturers(db, claim, rows, false);
    }
  }
}

function itemOf({ itemId, upc, ean, mpn, brand, archived, whole: price }: Change & { kind: 'till' }) {
  return toPosItem({
    itemId,
    systemSku: itemId,
    description: itemId,
    itemType: 'default',
    upc: upc ?? '',
    ean: ean ?? '',
    customSku: '',
    manufacturerSku: mpn ?? '',
    manufacturerId: brand ?? '0',
    taxClassId: '1',
    taxable: true,
    archived: archived === 1,
    timeStamp: new Date(),
    prices: [
      { levelId: '1', amount: String(price * 10) },
      { levelId: '2', amount: '5' },
    ],
  });
}

type Page = Parameters<typeof commitPage>[3];

async function page(
  db: Database,
  claim: RunClaim,
  stream: 'items' | 'stock',
  items: Page['items'],
  stock: Page['stock'],
) {
  const cost = { pages: 1, next: null, calls: 1, costDrips: '1', waitedMs: 0 };
  expect(await commitPage(db, claim, stream, { items, stock, ...cost })).toBe(true);
}

function snapshotOf({ order, sku: ordered, quantity }: Change & { kind: 'order' }): OrderSnapshot {
  const now = new Date().toISOString();
  const line = {
    lineId: 'a',
    sku: ordered,
    description: 'x',
    kind: 'product',
    unitPrice: '10',
    discount: '0',
  } as const;
  const money = { currency: 'USD', total: '10', taxTotal: '0', discountTotal: '0' };
  return {
    orderId: order,
    updatedAt: now,
    placedAt: now,
    ...money,
    locationId: 'harbour',
    lines: [{ ...line, quantity }],
  };
}

/** A decision that can't be made, as the item isn't there, changes nothing. */
function refusal(error: unknown): void {
  if (!(error instanceof Problem)) throw error;
}

async function verdicts(db: Database, tenant: string) {
  const { sku: of, state, itemId: mapped, matchedBy, candidates, reason } = mappings;
  return db
    .select({ of, state, mapped, matchedBy, candidates, reason })
    .from(mappings)
    .where(eq(mappings.tenant, tenant))
    .orderBy(asc(of));
}
