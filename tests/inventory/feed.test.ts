import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { openDatabase } from '../../db/database.ts';
import { decideListings } from '../../db/inventory/decide-listings.ts';
import { readFeedPage } from '../../db/inventory/read-feed-page.ts';
import { listings, posStock } from '../../db/schema/inventory.ts';
import { test } from '../stack-test.ts';
import { arrangeTenant, stockTill, stockWeb } from './arrange-tenant.ts';
import { upc } from './upc.ts';

const skus = Array.from({ length: 30 }, (_, n) => `s${n}`);
const rounds = 25;

test('readers at any pace miss no listing and get none twice, while several publish at once', async ({
  db,
  databaseUrl,
}) => {
  const tenant = await arrangeTenant(db, { stores: { '1': 'harbour' } });
  await stockWeb(
    db,
    tenant,
    skus.map((sku, n) => ({ sku, gtin1: upc(n) })),
  );
  await stockTill(
    db,
    tenant,
    skus.map((sku, n) => ({ itemId: sku, upc: upc(n) })),
  );
  await db.insert(posStock).values(
    skus.map((itemId) => ({
      tenant,
      itemId,
      shopId: '1',
      qoh: '1',
      sellable: '1',
      backorder: '0',
      reorderPoint: '0',
      reorderLevel: '0',
      timeStamp: new Date(),
    })),
  );
  const pools = [1, 2, 3, 4, 5].map(() => openDatabase(databaseUrl, { maxConnections: 2 }));
  const [one, two, three, ...readers] = pools.map((pool) => pool.db);
  let isOver = false;

  async function publish(db: typeof one, seed: number): Promise<void> {
    for (let round = 0; round < rounds; round += 1) {
      const itemId = skus[(round * 7 + seed * 11) % skus.length]!;
      const quantity = String(1 + ((round + seed) % 9));
      await db!.update(posStock).set({ qoh: quantity, sellable: quantity }).where(eq(posStock.itemId, itemId));
      await decideListings(db!, tenant, 1_000);
    }
  }

  /** Keeps a copy, as a storefront does; fails on a version that comes out of turn or twice. */
  async function follow(db: typeof one, pageSize: number): Promise<Map<string, number>> {
    const copy = new Map<string, number>();
    for (let after = 0; ; ) {
      const wasOver = isOver;
      const { listings } = await readFeedPage(db!, tenant, after, pageSize);
      const page = JSON.parse(`[${listings}]`) as { sku: string; version: number; quantity: number }[];
      for (const { sku, version, quantity } of page) {
        expect(version).toBeGreaterThan(after);
        after = version;
        copy.set(sku, quantity);
      }
      if (page.length === 0 && wasOver) return copy;
    }
  }

  const copies = [follow(readers[0], 1), follow(readers[1], 7)];
  await Promise.all([publish(one, 1), publish(two, 2), publish(three, 3)]);
  isOver = true;
  const last = await db.select().from(listings).where(eq(listings.tenant, tenant));
  const truth = new Map(last.map(({ sku, quantity }) => [sku, quantity]));
  expect(truth.size).toBe(skus.length);
  for (const copy of await Promise.all(copies)) expect(copy).toEqual(truth);
  expect(new Set(last.map(({ version }) => version)).size).toBe(skus.length);
  await Promise.all(pools.map((pool) => pool.close()));
});
