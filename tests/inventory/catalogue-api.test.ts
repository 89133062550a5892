import { expect } from 'vitest';
import type { Shop } from '../shop.ts';
import { test } from '../stack-test.ts';

const item = (number: number, more: Record<string, unknown> = {}) => ({
  sku: `WEB-${number}`,
  description: `Item ${number}`,
  brand: number % 2 === 0 ? 'Velora' : 'Quill',
  category: 'Tyres',
  ...more,
});

async function problem(shop: Shop, method: string, path: string, body?: unknown) {
  const answer = await shop.storefront.call(method, path, body);
  return { status: answer.status, code: answer.body['code'], field: answer.body['field'] ?? fieldOf(answer.body) };
}

function fieldOf(body: Record<string, unknown>): unknown {
  return (body['errors'] as { field: string }[] | undefined)?.[0]?.field;
}

test('a pushed catalogue is kept, found again, and pushing it twice changes nothing', async ({ shop }) => {
  const items = [item(1, { gtin1: '0 12345-67890 5' }), item(2, { mpn: 'AB-12' }), item(3)];
  expect(await shop.storefront.expect('PUT', '/catalog/items', { items })).toEqual({ received: 3, changed: 3 });
  expect(await shop.storefront.expect('PUT', '/catalog/items', { items })).toEqual({ received: 3, changed: 0 });
  const skus = async (q: string) =>
    ((await shop.admin.expect('GET', `/catalog/items?q=${encodeURIComponent(q)}`))['items'] as { sku: string }[]).map(
      ({ sku }) => sku,
    );
  expect(await skus('012345678905')).toEqual(['WEB-1']);
  expect(await skus('ab12')).toEqual(['WEB-2']);
  expect(await skus('velora')).toEqual(['WEB-2']);
  await shop.storefront.expect('DELETE', '/catalog/items/WEB-3');
  expect(await problem(shop, 'DELETE', '/catalog/items/WEB-3')).toMatchObject({ status: 404 });
});

test('a bad catalogue item is refused by its place and nothing of the call is kept', async ({ shop }) => {
  const twice = { items: [item(1), item(2), item(1)] };
  expect(await problem(shop, 'PUT', '/catalog/items', twice)).toEqual({
    status: 422,
    code: 'invalid',
    field: 'items[2].sku',
  });
  const backwards = { items: [item(1), item(2, { saleStart: '2026-12-10', saleEnd: '2026-12-01' })] };
  expect(await problem(shop, 'PUT', '/catalog/items', backwards)).toMatchObject({
    status: 422,
    field: 'items[1].saleEnd',
  });
  const unknown = { items: [item(1, { colour: 'red' })] };
  expect(await problem(shop, 'PUT', '/catalog/items', unknown)).toMatchObject({ status: 422 });
  expect(await shop.storefront.expect('GET', '/catalog/items')).toMatchObject({ items: [] });
});

test('R14: sale dates are set for all of a brand, a category or a list at once', async ({ shop }) => {
  await shop.storefront.expect('PUT', '/catalog/items', { items: [1, 2, 3, 4].map((number) => item(number)) });
  const dates = { start: '2026-12-01', end: '2026-12-24' };
  expect(await shop.admin.expect('POST', '/catalog/sale-dates', { brand: 'Quill', ...dates })).toEqual({
    items: 2,
    unknownSkus: [],
  });
  expect(await shop.admin.expect('POST', '/catalog/sale-dates', { skus: ['WEB-2', 'WEB-9'], ...dates })).toEqual({
    items: 1,
    unknownSkus: ['WEB-9'],
  });
  const { items } = await shop.admin.expect('GET', '/catalog/items');
  expect((items as { saleStart: string | null }[]).map(({ saleStart }) => saleStart)).toEqual([
    '2026-12-01',
    '2026-12-01',
    '2026-12-01',
    null,
  ]);
  expect(await shop.admin.expect('POST', '/catalog/sale-dates', { category: 'Tyres', start: null })).toEqual({
    items: 4,
    unknownSkus: [],
  });
  expect(await problem(shop, 'POST', '/catalog/sale-dates', { brand: 'Nobody', ...dates })).toMatchObject({
    status: 404,
    field: 'brand',
  });
  expect(
    await problem(shop, 'POST', '/catalog/sale-dates', { brand: 'Quill', category: 'Tyres', ...dates }),
  ).toMatchObject({ status: 422 });
});

test('R6: a location that a shop feeds can not be left out of the list', async ({ shop }) => {
  await shop.setUp({ complete: false });
  const without = { locations: [{ locationId: 'mill', name: 'Old Mill' }] };
  expect(await problem(shop, 'PUT', '/locations', without)).toMatchObject({ status: 409, code: 'location-mapped' });
  expect(((await shop.admin.expect('GET', '/locations'))['locations'] as unknown[]).length).toBe(2);
});
