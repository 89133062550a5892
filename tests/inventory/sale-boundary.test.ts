import { sql } from 'drizzle-orm';
import { DateTime } from 'luxon';
import { expect } from 'vitest';
import { test } from './inventory-test.ts';
import { upc } from './upc.ts';

test('a sale shows from the moment it begins until the moment it ends, without any sync (R13)', async ({
  stockroom,
}) => {
  const { till, itemIds, storefront } = stockroom;
  await till.call('PATCH', `/items/${itemIds[0]}`, { prices: { Default: '10', Online: '8' } });
  await stockroom.open({ pricing: { enabled: true, regularPriceLevelId: '1', salePriceLevelId: '3' } });
  await stockroom.poll();
  expect(await stockroom.listing('SKU-1')).toMatchObject({ price: '10.00', salePrice: null });
  const runs = await stockroom.runs();
  const startsAt = Date.now() + 2_000;
  const item = { sku: 'SKU-1', gtin1: upc(1), saleStart: new Date(startsAt).toISOString() };
  await storefront.expect('PUT', '/catalog/items', { items: [item] });
  const salePrice = async () => (await stockroom.listing('SKU-1'))?.salePrice;
  await expect.poll(salePrice, { timeout: 40_000, interval: 20 }).toBe('8.00');
  expect(Date.now()).toBeGreaterThanOrEqual(startsAt);
  const endsAt = Date.now() + 2_000;
  await storefront.expect('PUT', '/catalog/items', { items: [{ ...item, saleEnd: new Date(endsAt).toISOString() }] });
  await expect.poll(salePrice, { timeout: 40_000, interval: 20 }).toBeNull();
  expect(Date.now()).toBeGreaterThanOrEqual(endsAt);
  expect(await stockroom.runs()).toEqual(runs);
});

test('a sale that begins while the listings are decided is not missed (R13)', async ({ stockroom, db }) => {
  const { till, itemIds, storefront, tenant } = stockroom;
  await till.call('PATCH', `/items/${itemIds[0]}`, { prices: { Default: '10', Online: '8' } });
  await stockroom.open({ pricing: { enabled: true, regularPriceLevelId: '1', salePriceLevelId: '3' } });
  await stockroom.poll();
  const startsAt = Date.now() + 4_000;
  const isHeldUp = async () => {
    const [row] = await db.execute<{ count: number }>(sql`
      select count(*)::int as count from pg_stat_activity
      where wait_event = 'advisory' and query like '%decide-listings%' and datname = current_database()`);
    return row!.count;
  };
  await db.transaction(async (tx) => {
    // Whoever decides has begun before the sale, and goes on after it.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('decide-listings'), hashtext(${tenant}))`);
    const item = { sku: 'SKU-1', gtin1: upc(1), saleStart: new Date(startsAt).toISOString() };
    await storefront.expect('PUT', '/catalog/items', { items: [item] });
    await expect.poll(isHeldUp, { timeout: 40_000, interval: 20 }).toBeGreaterThan(0);
    expect(Date.now()).toBeLessThan(startsAt);
    await expect.poll(() => Date.now(), { timeout: 40_000, interval: 20 }).toBeGreaterThan(startsAt);
  });
  await expect
    .poll(async () => (await stockroom.listing('SKU-1'))?.salePrice, { timeout: 40_000, interval: 50 })
    .toBe('8.00');
});

test('R13, R14: dates set for a whole brand are days of the retailer’s zone, the last one included', async ({
  stockroom,
}) => {
  const { till, itemIds, storefront, admin } = stockroom;
  const prices = [
    { Default: '10', Online: '8' },
    { Default: '10', Online: '8' },
    { Default: '10', Online: '10' },
  ];
  for (const [place, itemId] of itemIds.entries())
    await till.call('PATCH', `/items/${itemId}`, { prices: prices[place] });
  await storefront.expect('PUT', '/catalog/items', {
    items: itemIds.map((_, n) => ({ sku: `SKU-${n + 1}`, gtin1: upc(n + 1), brand: n === 1 ? 'Quill' : 'Velora' })),
  });
  await stockroom.open({ pricing: { enabled: true, regularPriceLevelId: '1', salePriceLevelId: '3' } });
  const day = (shift: number) => DateTime.now().setZone('America/New_York').plus({ days: shift }).toISODate();
  const shown = async () =>
    (await stockroom.listings()).map(({ salePrice, saleReason }) => salePrice ?? saleReason?.replace(/^The /, ''));
  const set = (brand: string, start: string | null, end: string | null = null) =>
    admin.expect('POST', '/catalog/sale-dates', { brand, start, end });
  const dear = 'sale price is not below the regular price.';
  expect(await set('Velora', day(0), day(0))).toMatchObject({ items: 2 });
  const undated = 'storefront has set no sale start date.';
  await expect.poll(shown, { timeout: 40_000 }).toEqual(['8.00', undated, dear]);
  await set('Quill', day(1));
  await expect.poll(shown, { timeout: 40_000 }).toEqual(['8.00', 'sale has not begun.', dear]);
  await set('Velora', day(-3), day(-1));
  await expect.poll(shown, { timeout: 40_000 }).toEqual(['sale has ended.', 'sale has not begun.', dear]);
});
