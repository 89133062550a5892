import { sql } from 'drizzle-orm';
import { vi } from 'vitest';
import { test } from './inventory-test.ts';
import { upc } from './upc.ts';

test.concurrent('items of every type are listed by their own stock, and a shop’s row may come with its first stock', async ({
  stockroom,
  expect,
}) => {
  await stockroom.open();
  const { till, storefront } = stockroom;
  const types = ['non_inventory', 'box', 'assembly', 'serialized', 'serialized_assembly'];
  const thing = (n: number) => ({ upc: upc(500 + n), prices: { Default: '7' } });
  const ids: string[] = [];
  for (const [n, itemType] of types.entries()) {
    const stock = itemType === 'non_inventory' ? [] : [{ shopId: '1', qoh: 2 }];
    ids.push(
      String((await till.call('POST', '/items', { description: itemType, itemType, ...thing(n), stock }))['itemId']),
    );
  }
  const child = { description: 'Child', itemMatrixID: '1', ...thing(types.length), stock: [{ shopId: '1', qoh: 2 }] };
  await till.call('POST', '/items', child);
  const items = [...types, 'child'].map((sku, n) => ({ sku, gtin1: upc(500 + n) }));
  await storefront.expect('PUT', '/catalog/items', { items });
  const shown = async () =>
    Object.fromEntries(
      (await stockroom.listings())
        .filter(({ sku }) => !sku.startsWith('SKU-'))
        .map(({ sku, displayed, quantity, quantityByLocation }) => [
          sku,
          [displayed, quantity, quantityByLocation['mill']],
        ]),
    );
  // A run that is under way may have read the till before.
  const shows = (listings: Record<string, unknown>) =>
    vi.waitFor(
      async () => {
        await stockroom.poll();
        expect(await shown()).toMatchObject(listings);
      },
      { timeout: 60_000 },
    );
  await shows({
    non_inventory: [false, 0, 0], // it has no stock: there is nothing that an import setting could hold by
    box: [true, 2, 0],
    assembly: [true, 2, 0],
    serialized: [true, 2, 0],
    serialized_assembly: [true, 2, 0],
    child: [true, 2, 0],
  });
  await till.setStock({ itemId: ids[1]!, shopId: '2', qoh: 4 }); // shop 2 had no row of it
  await till.setStock({ itemId: ids[2]!, shopId: '2', qoh: -1 }); // more sold there than was there
  await till.setStock({ itemId: ids[3]!, shopId: '2', qoh: -5 });
  await shows({ box: [true, 6, 4], assembly: [true, 1, 0], serialized: [false, 0, 0] });
});

test.concurrent('an item merged into another hands it its stock, and its own listing is hidden', async ({
  stockroom,
  expect,
}) => {
  await stockroom.open();
  const { till, itemIds } = stockroom;
  await till.call('PATCH', `/items/${itemIds[1]}`, { archived: true }); // which empties it
  await till.setStock({ itemId: itemIds[0]!, shopId: '1', qoh: 10 });
  await vi.waitFor(
    async () => {
      await stockroom.poll(); // one that is under way may have read the till before
      expect(await stockroom.listing('SKU-1')).toMatchObject({ displayed: true, quantity: 10 });
      expect(await stockroom.listing('SKU-2')).toMatchObject({ displayed: false, reason: 'archived', quantity: 0 });
    },
    { timeout: 60_000 },
  );
});

for (const sequence of ['sale, poll', 'poll, sale, poll', 'sale between the poll and its decision']) {
  test.concurrent(`a sold unit is subtracted once, whichever comes first: ${sequence}`, async ({
    stockroom,
    db,
    expect,
  }) => {
    await stockroom.open();
    const { storefront, admin } = stockroom;
    const at = '2030-01-01T10:00:00Z';
    const lines = [{ lineId: '1', sku: 'SKU-1', quantity: 2, unitPrice: '10.00' }];
    const order = { placedAt: at, updatedAt: at, currency: 'USD', total: '20.00', lines };
    const seen: unknown[] = [];
    const look = async () => seen.push((await stockroom.listing('SKU-1'))!.quantity);
    await storefront.expect('PUT', '/orders/1001', order);
    await vi.waitFor(async () => expect((await stockroom.listing('SKU-1'))!.quantity).toBe(3), { timeout: 50_000 });
    if (sequence.startsWith('poll')) await stockroom.poll();
    await look();
    const paid = { paymentId: 'p1', amount: '20.00', method: 'card', capturedAt: at };
    const exported = async () => {
      await storefront.expect('POST', '/orders/1001/paid', paid);
      await vi.waitFor(async () => expect((await admin.expect('GET', '/orders/1001'))['state']).toBe('exported'), {
        timeout: 50_000,
      });
    };
    if (sequence.startsWith('sale between')) {
      // The items’ answer is slow: the sale is booked before the stock is read and the listings are decided.
      await stockroom.breakTill({
        path: 'Item',
        query: 'sort=timeStamp',
        fault: { kind: 'latency', ms: 1_500 },
        count: 1,
      });
      await Promise.all([stockroom.poll(), exported()]);
    } else {
      await exported();
      await look();
      await stockroom.poll();
    }
    await look();
    await stockroom.poll();
    await look();
    expect(new Set(seen)).toEqual(new Set([3]));
    expect(await stockroom.till.sales()).toHaveLength(1);
    const isSettled = () =>
      vi.waitFor(
        async () => {
          const { tenant } = stockroom;
          const [line] = await db.execute<{ left_stock: boolean }>(
            sql`select left_stock from order_lines where tenant = ${tenant}`,
          );
          expect(line).toEqual({ left_stock: true }); // no later decision looks at it
        },
        { timeout: 50_000 },
      );
    await isSettled();
    const renamed = lines.map((line) => ({ ...line, description: 'renamed' }));
    await storefront.expect('PUT', '/orders/1001', { ...order, updatedAt: '2030-01-02T10:00:00Z', lines: renamed });
    await isSettled();
    await stockroom.poll();
    expect((await stockroom.listing('SKU-1'))!.quantity).toBe(3);
  });
}
