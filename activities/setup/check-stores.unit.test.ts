import { expect, test } from 'vitest';
import { checkStores } from './check-stores.ts';

const shop = (shopId: string, archived = false) => ({
  shopId,
  name: `Shop ${shopId}`,
  timeZone: 'US/Eastern',
  archived,
  taxCategoryId: null,
  priceLevelId: null,
});
const shops = [shop('1'), shop('2'), shop('3', true)];
const locations = [
  { locationId: 'harbour', name: 'Harbour' },
  { locationId: 'hill', name: 'Hill' },
];
const check = (...stores: [shopId: string, locationId: string][]) =>
  checkStores({ stores: stores.map(([shopId, locationId]) => ({ shopId, locationId })) }, shops, locations);

test('R6: many shops may feed one location', () => {
  expect(check(['1', 'harbour'], ['2', 'harbour'])).toEqual({
    stores: [
      { shopId: '1', shopName: 'Shop 1', locationId: 'harbour' },
      { shopId: '2', shopName: 'Shop 2', locationId: 'harbour' },
    ],
    warnings: [],
  });
});

test('R7: a shop that is left out is pointed out, an archived one is not', () => {
  expect(check(['1', 'harbour']).warnings).toEqual([
    'Shop "Shop 2" (2) is not mapped: its stock is not shown. It is best to map all shops.',
  ]);
});

test.each([
  ['a shop that is not there', [['9', 'harbour']], 'unknown-shop', 'stores[0].shopId'],
  ['an archived shop', [['3', 'harbour']], 'choice-unusable', 'stores[0].shopId'],
  ['a location that is not declared', [['1', 'nowhere']], 'unknown-location', 'stores[0].locationId'],
  [
    'one shop in two locations',
    [
      ['1', 'harbour'],
      ['1', 'hill'],
    ],
    'choice-unusable',
    'stores[1].shopId',
  ],
] as const)('%s is refused, naming the entry', (_what, stores, code, field) => {
  expect(() => check(...stores.map(([shopId, locationId]) => [shopId, locationId] as [string, string]))).toThrow(
    expect.objectContaining({ code, field }),
  );
});
