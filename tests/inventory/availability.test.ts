import { eq, sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { connections, rateBuckets } from '../../db/schema/setup.ts';
import type { Stockroom } from './inventory-test.ts';
import { test } from './inventory-test.ts';
import { upc } from './upc.ts';

interface Availability {
  sku: string;
  isKnown: boolean;
  displayed: boolean | null;
  quantity: number | null;
  quantityByLocation: Record<string, number> | null;
  source: string | null;
  ageSeconds: number | null;
  note: string | null;
}

/** As the storefront asks. */
async function ask({ storefront }: Stockroom, ...skus: string[]): Promise<Availability[]> {
  const query = skus.map((sku) => `sku=${encodeURIComponent(sku)}`).join('&');
  return (await storefront.expect('GET', `/availability?${query}`))['items'] as Availability[];
}

test('what is nearly sold out is answered by the till itself, less what is promised, and the listing follows', async ({
  stockroom,
}) => {
  const { till, itemIds, storefront } = stockroom;
  const [itemId] = itemIds;
  await till.setStock({ itemId: itemId!, shopId: '1', qoh: 2 });
  await till.setStock({ itemId: itemId!, shopId: '2', qoh: 0 });
  await stockroom.open();
  const calls = await stockroom.asked('Item');
  expect(await ask(stockroom, 'SKU-2')).toMatchObject([
    { sku: 'SKU-2', quantity: 5, source: 'tables', ageSeconds: expect.any(Number), note: null },
  ]);
  expect(await stockroom.asked('Item')).toBe(calls);

  await till.setStock({ itemId: itemId!, shopId: '1', qoh: 1 }); // sold in the store since the last sync
  await till.setStock({ itemId: itemId!, shopId: '2', qoh: 4 }); // and moved to the other shop
  expect(await stockroom.listing('SKU-1')).toMatchObject({ quantity: 2 });
  expect(await ask(stockroom, 'SKU-1', 'SKU-2', 'NOBODY')).toMatchObject([
    {
      sku: 'SKU-1',
      quantity: 5,
      quantityByLocation: { harbour: 1, mill: 4 },
      source: 'till',
      ageSeconds: 0,
      note: null,
    },
    { sku: 'SKU-2', quantity: 5, source: 'tables' },
    { sku: 'NOBODY', isKnown: false, quantity: null, source: null, note: expect.stringContaining('no such SKU') },
  ]);
  expect(await stockroom.asked('Item')).toBe(calls + 1);
  const listed = async () => (await stockroom.listing('SKU-1'))?.quantityByLocation;
  await expect.poll(listed, { timeout: 40_000 }).toEqual({ harbour: 1, mill: 4 });

  const at = '2030-01-01T10:00:00Z';
  const lines = [{ lineId: '1', sku: 'SKU-1', description: 'x', quantity: 4, unitPrice: '10.00', locationId: 'mill' }];
  const order = { placedAt: at, updatedAt: at, currency: 'USD', total: '40.00', lines };
  await storefront.expect('PUT', '/orders/7001', order);
  expect(await ask(stockroom, 'SKU-1')).toMatchObject([{ quantity: 1, quantityByLocation: { harbour: 1, mill: 0 } }]);
});

test('visitors who look at the last one together do not each ask the till', async ({ stockroom }) => {
  const { till, itemIds } = stockroom;
  await till.setStock({ itemId: itemIds[0]!, shopId: '1', qoh: 1 });
  await stockroom.open();
  const calls = await stockroom.asked('Item');
  await stockroom.breakTill({ path: 'Item', fault: { kind: 'latency', ms: 300 }, count: 0 });
  const answers = await Promise.all(Array.from({ length: 10 }, () => ask(stockroom, 'SKU-1')));
  expect(answers.flat().map(({ quantity }) => quantity)).toEqual(Array.from({ length: 10 }, () => 1));
  expect(answers.flat().map(({ source }) => source)).toContain('till');
  // Once; on a machine so slow that the answer is old by then, perhaps again.
  expect((await stockroom.asked('Item')) - calls).toBeLessThan(4);
});

test('without the till, or room in its rate limit, the answer is what was last read, with its age, and says so', async ({
  stockroom,
  db,
}) => {
  const { till, itemIds, admin, tenant, storefront } = stockroom;
  for (const itemId of itemIds) await till.setStock({ itemId, shopId: '1', qoh: 1 });
  await storefront.expect('PUT', '/catalog/items', { items: [{ sku: 'LONER', gtin1: upc(90) }] });
  expect(await ask(stockroom, 'SKU-1')).toMatchObject([{ quantity: null, source: null, note: expect.any(String) }]);
  await stockroom.open();
  await stockroom.breakTill({ path: 'Item', fault: { kind: 'status', status: 503 } });
  const last = { quantity: 1, source: 'tables', ageSeconds: expect.any(Number) };
  expect(await ask(stockroom, 'SKU-1')).toMatchObject([
    { ...last, note: 'The till does not answer as it should: this is what was last read.' },
  ]);
  await stockroom.breakTill({ path: 'Item', fault: { kind: 'latency', ms: 60_000 } });
  expect(await ask(stockroom, 'SKU-2')).toMatchObject([
    { ...last, note: 'The till does not answer in time: this is what was last read.' },
  ]);
  const account = db.select({ id: connections.accountId }).from(connections).where(eq(connections.tenant, tenant));
  await db
    .update(rateBuckets)
    .set({ level: rateBuckets.size, levelAt: sql`clock_timestamp() + interval '1 hour'` })
    .where(eq(rateBuckets.accountId, account));
  expect(await ask(stockroom, 'SKU-3', 'LONER')).toMatchObject([
    { ...last, note: "Lightspeed's rate limit leaves no room: this is what was last read." },
    { sku: 'LONER', isKnown: true, quantity: null, note: expect.stringContaining('No POS item bears any of its keys') },
  ]);
  await admin.expect('POST', '/setup/disconnect');
  expect(await ask(stockroom, 'SKU-3')).toMatchObject([
    { ...last, note: 'Lightspeed is not connected: this is what was last read.' },
  ]);
  const many = Array.from({ length: 51 }, (_, n) => `sku=S${n}`).join('&');
  expect(await storefront.call('GET', `/availability?${many}`)).toMatchObject({ status: 422 });
  expect(await storefront.call('GET', '/availability')).toMatchObject({ status: 422 });
});
