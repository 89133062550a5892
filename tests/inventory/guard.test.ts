import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { eventually } from './eventually.ts';
import type { Stockroom } from './inventory-test.ts';
import { test as base } from './inventory-test.ts';

const test = base.extend({ goods: [12, { scope: 'file' }] });

test('when the till empties most of a shop, the changes wait for an admin, who approves them; all others go out', async ({
  stockroom,
}) => {
  await stockroom.open();
  const { till, admin, itemIds } = stockroom;
  for (const itemId of itemIds.slice(0, 8)) await till.setStock({ itemId, shopId: '1', qoh: 0 });
  await till.setStock({ itemId: itemIds[8]!, shopId: '1', qoh: 2 });
  const before = await stockroom.asked('Item');
  const run = await stockroom.poll();
  expect(run).toMatchObject({ state: 'held', heldChanges: 8, listingsChanged: 1, hidden: 0 });
  expect(await stockroom.asked('Item')).toBe(before + 2); // the poll itself, and a second look at the eight
  expect(await displayed(stockroom)).toHaveLength(12);
  expect(await stockroom.listing('SKU-9')).toMatchObject({ quantity: 2 });
  const { changes } = await admin.expect('GET', `/sync/runs/${run.id}/proposal`);
  expect((changes as unknown[])[0]).toMatchObject({
    sku: 'SKU-1',
    kind: 'loss',
    from: { displayed: true, quantity: 5 },
    to: { displayed: false, quantity: 0, reason: 'no-import-setting-holds' },
  });
  expect(await heldAttention(stockroom)).toMatch(/8 of 12 displayed items would be hidden/);
  const { found } = await admin.expect('GET', '/explain?code=SKU-1');
  expect(found).toMatchObject([
    {
      isOnSite: true,
      why: expect.stringContaining('it would be hidden: too much changed at once, so an admin must approve that.'),
      fixes: [{ where: 'tillbridge', field: 'sync/runs' }],
    },
  ]);

  await till.setStock({ itemId: itemIds[0]!, shopId: '1', qoh: 4 });
  const next = await stockroom.poll();
  expect(next).toMatchObject({ state: 'held', heldChanges: 7, listingsChanged: 1 });
  const late = await admin.call('POST', `/sync/runs/${run.id}/approve`);
  expect(late).toMatchObject({ status: 409, body: { code: 'nothing-to-decide' } });
  expect(await admin.expect('POST', `/sync/runs/${next.id}/approve`)).toEqual({ changes: 7 });
  await eventually(async () => ((await displayed(stockroom)).length === 5 ? true : null));
  expect(await stockroom.listing('SKU-1')).toMatchObject({ displayed: true, quantity: 4 });
  expect(await heldAttention(stockroom)).toBeUndefined();
  expect(await admin.expect('GET', `/sync/runs/${next.id}`)).toMatchObject({ state: 'held', heldVerdict: 'approved' });
  expect(await stockroom.poll()).toMatchObject({ state: 'succeeded', heldChanges: 0, listingsChanged: 0 });
});

test('an answer of the till that was wrong hides nothing: the items are read again first', async ({
  stockroom,
  db,
}) => {
  await stockroom.open();
  const { tenant } = stockroom;
  await db.execute(sql`update pos_stock set qoh = 0, sellable = 0 where tenant = ${tenant}`);
  await db.execute(
    sql`insert into touched (tenant, kind, key) select ${tenant}, 'till', item_id from pos_items where tenant = ${tenant}`,
  );
  expect(await stockroom.poll()).toMatchObject({ state: 'succeeded', heldChanges: 0, listingsChanged: 0 });
  expect(await displayed(stockroom)).toHaveLength(12);
});

test('items gone from a full pull and prices that move far wait too; what an admin rejects stays until the till says otherwise', async ({
  stockroom,
}) => {
  await stockroom.open();
  const { till, admin, itemIds } = stockroom;
  for (const itemId of itemIds.slice(0, 6)) await till.call('DELETE', `/items/${itemId}`);
  for (const itemId of itemIds.slice(6)) await till.call('PATCH', `/items/${itemId}`, { prices: { Default: '1' } });
  await till.setStock({ itemId: itemIds[11]!, shopId: '1', qoh: 3 });
  const run = await stockroom.pullAll();
  expect(run).toMatchObject({ state: 'held', heldChanges: 12 });
  expect(await stockroom.listing('SKU-12')).toMatchObject({ price: '10.00', quantity: 3 });
  expect(await heldAttention(stockroom)).toMatch(/6 of 12 displayed items .* and 6 prices would move far/);
  await admin.expect('POST', `/sync/runs/${run.id}/reject`);
  expect(await stockroom.pullAll()).toMatchObject({ state: 'succeeded', heldChanges: 0, listingsChanged: 0 });
  expect(await displayed(stockroom)).toHaveLength(12);
  await till.call('PATCH', `/items/${itemIds[11]}`, { prices: { Default: '4' } });
  expect(await stockroom.poll()).toMatchObject({ state: 'succeeded', listingsChanged: 1 });
  expect(await stockroom.listing('SKU-12')).toMatchObject({ price: '4.00' });
  expect(await stockroom.listing('SKU-11')).toMatchObject({ price: '10.00' });
});

test('units that orders take come off a listing while its loss is held, so that nothing is sold twice', async ({
  stockroom,
}) => {
  await stockroom.open();
  const { till, admin, storefront, itemIds } = stockroom;
  for (const itemId of itemIds.slice(0, 8)) await till.setStock({ itemId, shopId: '1', qoh: 0 });
  const run = await stockroom.poll();
  expect(run).toMatchObject({ state: 'held', heldChanges: 8 });
  const at = '2030-01-01T10:00:00Z';
  const order = (orderId: string, quantity: number) =>
    storefront.expect('PUT', `/orders/${orderId}`, {
      placedAt: at,
      updatedAt: at,
      currency: 'USD',
      total: (10 * quantity).toFixed(2),
      lines: [{ lineId: 'a', sku: 'SKU-1', description: 'SKU-1', quantity, unitPrice: '10.00' }],
    });
  const shows = (quantity: number) =>
    eventually(async () => {
      const listing = await stockroom.listing('SKU-1');
      return listing?.displayed && listing.quantity === quantity ? listing : null;
    });
  await order('1001', 2);
  expect(await shows(3)).toMatchObject({ quantityByLocation: { harbour: 3 } });
  await order('1002', 1);
  await shows(2);
  await admin.expect('POST', `/sync/runs/${run.id}/reject`);
  await order('1003', 4);
  await shows(0);
  expect(await stockroom.listing('SKU-2')).toMatchObject({ displayed: true, quantity: 5 });
});

test('what follows from a change of settings goes out, however much it is, and the run says so', async ({
  stockroom,
}) => {
  await stockroom.open();
  const { admin } = stockroom;
  // Nothing has a price there: every listing is hidden, by a person's choice. Whichever run comes next decides it.
  await admin.expect('PUT', '/setup/pricing', { enabled: true, regularPriceLevelId: '3' });
  await eventually(async () => ((await displayed(stockroom)).length === 0 ? true : null));
  const decided = await eventually(async () =>
    (await stockroom.runs()).find(({ state, hidden }) => state !== 'running' && hidden === 12),
  );
  expect(decided).toMatchObject({ state: 'succeeded', heldChanges: 0, note: expect.stringMatching(/settings/) });
});

test('the first listings are not held, and the run says so; the limits are settings', async ({ stockroom }) => {
  const first = await stockroom.open();
  expect(first).toMatchObject({ state: 'succeeded', note: expect.stringMatching(/first listings/) });
  const { till, admin, itemIds } = stockroom;
  await admin.expect('PUT', '/sync/guard', { smallest: 1, lossShare: 0.1 });
  for (const itemId of itemIds.slice(0, 2)) await till.setStock({ itemId, shopId: '1', qoh: 0 });
  expect(await stockroom.poll()).toMatchObject({ state: 'held', heldChanges: 2 });
});

async function displayed(stockroom: Stockroom): Promise<string[]> {
  return (await stockroom.listings()).filter((one) => one.displayed).map(({ sku }) => sku);
}

async function heldAttention({ admin }: Stockroom): Promise<string | undefined> {
  const { attention } = await admin.expect('GET', '/attention');
  return (attention as { code: string; message: string }[]).find(({ code }) => code === 'changes-held')?.message;
}
