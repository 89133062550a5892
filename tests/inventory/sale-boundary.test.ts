import { expect } from 'vitest';
import { test, upc } from './inventory-test.ts';

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
  const endsAt = startsAt + 2_500;
  const iso = (ms: number) => new Date(ms).toISOString();
  const item = { sku: 'SKU-1', gtin1: upc(1), saleStart: iso(startsAt), saleEnd: iso(endsAt) };
  await storefront.expect('PUT', '/catalog/items', { items: [item] });
  const salePrice = async () => (await stockroom.listing('SKU-1'))?.salePrice;
  await expect.poll(salePrice, { timeout: 5_000, interval: 20 }).toBe('8.00');
  const shownAt = Date.now();
  expect(shownAt).toBeGreaterThanOrEqual(startsAt);
  expect(shownAt - startsAt).toBeLessThan(1_500);
  await expect.poll(salePrice, { timeout: 5_000, interval: 20 }).toBeNull();
  expect(Date.now()).toBeGreaterThanOrEqual(endsAt);
  expect(Date.now() - endsAt).toBeLessThan(1_500);
  expect(await stockroom.runs()).toEqual(runs);
});
