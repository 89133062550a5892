import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { unguarded } from '../../db/inventory/guard.ts';
import { publishListings } from '../../db/inventory/publish-listings.ts';
import { listings, mappings } from '../../db/schema/inventory.ts';
import { test } from '../stack-test.ts';
import { arrangeMarket } from './arrange-market.ts';
import { arrangeTenant } from './arrange-tenant.ts';
import type { Market, Shelf, Ware } from './listing-rules.ts';

const shelf = (shopId: string, figures: Partial<Shelf> = {}): Shelf => {
  return { shopId, qoh: 0, sellable: 0, backorder: 0, reorderPoint: 0, reorderLevel: 0, readAt: 0, ...figures };
};
const stocked = [shelf('1', { qoh: 3, sellable: 3 })];
const plain: Ware = {
  sku: 's0',
  isMapped: true,
  isArchived: false,
  regular: '10',
  sale: null,
  saleStarts: null,
  saleEnds: null,
  shelves: stocked,
};
const market: Omit<Market, 'wares'> = {
  importSettings: { onHand: true, onOrder: false, reorder: false },
  pricing: { enabled: true, regularPriceLevelId: '1', salePriceLevelId: '2' },
  exportMode: 'on',
  stores: { '1': 'harbour', '2': 'mill' },
  safety: { all: 0, places: {}, skus: {} },
  orders: [],
};
const only = (setting: 'onHand' | 'onOrder' | 'reorder') => ({
  importSettings: { onHand: false, onOrder: false, reorder: false, [setting]: true },
});
const onSale: Partial<Ware> = { sale: '8', saleStarts: -60, saleEnds: null };

type Case = [name: string, ware: Partial<Ware>, choices: Partial<Market>, shown: Record<string, unknown>];

const cases: Case[] = [
  ['R8: on hand in a mapped shop shows', {}, only('onHand'), { displayed: true, reason: 'on-hand', quantity: 3 }],
  [
    'R8: on hand in a shop that is not mapped does not show',
    { shelves: [shelf('3', { qoh: 9, sellable: 9 })] },
    {},
    { displayed: false, reason: 'not-in-mapped-shops', quantity: 0 },
  ],
  [
    'R8: a shop below nought takes from what another has',
    { shelves: [shelf('1', { qoh: -3 }), shelf('2', { qoh: 2, sellable: 2 })] },
    {},
    { displayed: false, reason: 'no-import-setting-holds', quantity: 0 },
  ],
  [
    'R8: what is sold out and on order shows if that is on',
    { shelves: [shelf('2', { backorder: 4 })] },
    only('onOrder'),
    { displayed: true, reason: 'on-order', quantity: 0 },
  ],
  [
    'R8: what is on order does not show if that is off',
    { shelves: [shelf('2', { backorder: 4 })] },
    {},
    { displayed: false },
  ],
  [
    'R8: a reorder point shows if that is on',
    { shelves: [shelf('1', { reorderPoint: 1 })] },
    only('reorder'),
    { displayed: true, reason: 'reorder' },
  ],
  [
    'R8: a maximum stock level shows if that is on',
    { shelves: [shelf('1'), shelf('2', { reorderLevel: 5 })] },
    only('reorder'),
    { displayed: true, reason: 'reorder' },
  ],
  [
    'R8: any one of the settings that are on is enough',
    { shelves: [shelf('1', { backorder: 1 })] },
    { importSettings: { onHand: true, onOrder: true, reorder: true } },
    { displayed: true, reason: 'on-order' },
  ],
  [
    'R8: with all of them off nothing shows',
    {},
    { importSettings: { onHand: false, onOrder: false, reorder: false } },
    { displayed: false, reason: 'no-import-setting-holds', quantity: 3 },
  ],
  [
    'R10: without POS pricing every price comes from the storefront',
    { ...onSale, regular: '0' },
    { pricing: { enabled: false } },
    { displayed: true, price: null, salePrice: null, saleReason: null },
  ],
  ['R11: with it the regular price is that of its level', {}, {}, { displayed: true, price: '10.00', salePrice: null }],
  ...(['0', '0.004', '-1', null] as const).map((regular): Case => {
    const shown = { displayed: false, reason: 'no-price', price: null, salePrice: null };
    return [`R19: a regular price of ${regular} is none: hidden, and still mapped`, { ...onSale, regular }, {}, shown];
  }),
  ['R13: a sale that has begun shows', onSale, {}, { price: '10.00', salePrice: '8.00', saleReason: null }],
  [
    'R12: without a sale level no sale price shows',
    onSale,
    { pricing: { enabled: true, regularPriceLevelId: '1', salePriceLevelId: null } },
    { price: '10.00', salePrice: null },
  ],
  ['R13: a sale price of 0 is none', { ...onSale, sale: '0' }, {}, { price: '10.00', salePrice: null }],
  ...(['10', '12'] as const).map((sale): Case => {
    const shown = { displayed: true, salePrice: null, saleReason: 'The sale price is not below the regular price.' };
    return [
      `R13: a sale price of ${sale} beside a regular one of 10 is ignored, and says so`,
      { ...onSale, sale },
      {},
      shown,
    ];
  }),
  [
    'R13: a sale without a start date does not show, and says so',
    { ...onSale, saleStarts: null },
    {},
    { salePrice: null, saleReason: 'The storefront has set no sale start date.' },
  ],
  [
    'R13: a sale to come does not show yet, and says so',
    { ...onSale, saleStarts: 60 },
    {},
    { salePrice: null, saleReason: 'The sale has not begun.' },
  ],
  [
    'R13: a sale that has ended does not show any more, and says so',
    { ...onSale, saleEnds: -30 },
    {},
    { salePrice: null, saleReason: 'The sale has ended.' },
  ],
];

test.for(cases)('%s', async ([, ware, choices, shown], { db }) => {
  const world: Market = { ...market, ...choices, wares: [{ ...plain, ...ware }] };
  const tenant = await arrangeTenant(db, world);
  await arrangeMarket(db, tenant, world);
  const scope = {
    scope: 'everything',
    moment: new Date().toISOString(),
    unpaidMs: 72 * 3_600_000,
    guard: unguarded,
  } as const;
  await db.transaction((tx) => publishListings(tx, tenant, scope));
  const [listing] = await db.select().from(listings).where(eq(listings.tenant, tenant));
  expect(listing).toMatchObject(shown);
  const [mapping] = await db.select().from(mappings).where(eq(mappings.tenant, tenant));
  expect(mapping!.itemId).toBe(listing!.itemId);
});
