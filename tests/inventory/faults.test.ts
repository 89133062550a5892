import type { Listing, Stockroom } from './inventory-test.ts';
import { test as base } from './inventory-test.ts';

const test = base.extend({ goods: [130, { scope: 'file' }] });

const passing: [string, Record<string, unknown>][] = [
  ['a storm of 429s', { fault: { kind: 'rate-limit', retryAfterSeconds: 0.2 }, count: 3 }],
  ['a 503', { fault: { kind: 'status', status: 503 }, count: 2 }],
  ['a 500 on a heavy page', { fault: { kind: 'status', status: 500 }, count: 2 }],
  ['a connection that breaks', { fault: { kind: 'reset' }, count: 2 }],
  ['a truncated answer', { fault: { kind: 'truncated-json' }, count: 2 }],
  ['a page of HTML', { fault: { kind: 'html', status: 200 }, count: 2 }],
  ['a gateway that gives up', { fault: { kind: 'html', status: 502 }, count: 2 }],
  ['an item of 2 MB', { fault: { kind: 'huge-item' }, count: 1 }],
  ['one empty page', { fault: { kind: 'empty-page' }, count: 1 }],
  ['one cursor repeated', { fault: { kind: 'repeated-cursor' }, count: 1 }],
];

const lasting: [string, Record<string, unknown>, string][] = [
  ['a next page on another host', { fault: { kind: 'foreign-next' } }, 'wrong-host'],
  ['a cursor that leads nowhere', { fault: { kind: 'repeated-cursor' } }, 'malformed'],
  ['items without their UPC', { fault: { kind: 'missing-field', field: 'upc' } }, 'malformed'],
  ['items without their time', { fault: { kind: 'missing-field', field: 'timeStamp' } }, 'malformed'],
  ['pages that hide where the next is', { fault: { kind: 'missing-field', field: '@attributes.next' } }, 'malformed'],
  ['answers cut off every time', { fault: { kind: 'truncated-json' } }, 'malformed'],
];

test.concurrent.for(passing)(
  '%s in the middle of a pull leaves the listings exactly right',
  { timeout: 240_000 },
  async ([, rule], { stockroom, expect }) => {
    await stockroom.open();
    await change(stockroom);
    await stockroom.breakTill({ path: 'Item', ...rule, nth: 2 });
    await stockroom.breakTill({ path: 'ItemShop', ...rule, nth: 2 });
    expect(await stockroom.poll()).toMatchObject({ state: 'succeeded', errorCode: null });
    expectChanged(await stockroom.listings(), expect);
    await stockroom.breakTill({ path: 'Item', ...rule, nth: 2 });
    expect(await stockroom.pullAll()).toMatchObject({ state: 'succeeded', errorCode: null, listingsChanged: 0 });
    expectChanged(await stockroom.listings(), expect);
  },
);

test.concurrent.for(lasting)(
  '%s: the run says so, the listings stay, and the next run heals',
  { timeout: 240_000 },
  async ([, rule, code], { stockroom, expect }) => {
    await stockroom.open();
    const before = await stockroom.listings();
    await change(stockroom);
    await stockroom.breakTill({ path: 'Item', ...rule, count: 5 });
    const failed = await stockroom.poll();
    expect(failed).toMatchObject({ state: 'failed', errorCode: code, listingsChanged: 0 });
    expect(failed.errorMessage).toMatch(/^[A-Z].+\.$/);
    expect(await stockroom.listings()).toEqual(before);
    for (;;) {
      const run = await stockroom.poll();
      if (run.state === 'succeeded') break;
      expect(run).toMatchObject({ errorCode: code });
    }
    expectChanged(await stockroom.listings(), expect);
  },
);

test.concurrent('R34, R36: as many failed runs in a row as the settings say are told, and the recovery once', async ({
  stockroom,
  expect,
}) => {
  await stockroom.open();
  const { admin } = stockroom;
  await admin.expect('PUT', '/setup/sync', { failuresToTell: 2 });
  const told = async () => {
    const { events } = await admin.expect('GET', '/events?limit=200');
    return (events as { type: string }[]).map(({ type }) => type).filter((type) => type.startsWith('sync.'));
  };
  const attention = async () => JSON.stringify((await admin.expect('GET', '/attention'))['attention']);
  await stockroom.breakTill({ path: 'ItemShop', fault: { kind: 'status', status: 404 }, count: 3 });
  expect(await stockroom.poll()).toMatchObject({ state: 'failed', errorCode: 'not-found' });
  expect(await told()).toEqual([]);
  expect(await stockroom.poll()).toMatchObject({ state: 'failed' });
  expect(await told()).toEqual(['sync.failed']);
  expect(await attention()).toContain('sync-failing');
  expect(await stockroom.poll()).toMatchObject({ state: 'failed' });
  expect(await stockroom.poll()).toMatchObject({ state: 'succeeded' });
  expect(await stockroom.poll()).toMatchObject({ state: 'succeeded' });
  expect((await told()).toSorted()).toEqual(['sync.failed', 'sync.recovered']);
  expect(await attention()).not.toContain('sync-failing');
});

test.concurrent('a first pull that stumbles before its first page still lets polls begin', async ({
  stockroom,
  expect,
}) => {
  await stockroom.breakTill({ path: 'Item', query: 'sort=-timeStamp', fault: { kind: 'status', status: 503 } });
  expect(await stockroom.open()).toMatchObject({ state: 'succeeded' });
  await stockroom.till.setStock({ itemId: stockroom.itemIds[0]!, shopId: '1', qoh: 2 });
  expect(await stockroom.poll()).toMatchObject({ state: 'succeeded', listingsChanged: 1 });
});

test.concurrent('a full pull that loses a page twice over finds its items by a second look', async ({
  stockroom,
  expect,
}) => {
  await stockroom.open();
  await stockroom.till.call('DELETE', `/items/${stockroom.itemIds[129]}`);
  const before = await stockroom.listings();
  await stockroom.breakTill({ path: 'Item', query: 'sort=itemID', fault: { kind: 'empty-page' }, nth: 2, count: 2 });
  expect(await stockroom.pullAll()).toMatchObject({ state: 'succeeded', listingsChanged: 1 });
  const after = await stockroom.listings();
  expect(after.filter(({ sku }) => sku !== 'SKU-130')).toEqual(before.filter(({ sku }) => sku !== 'SKU-130'));
  expect(await stockroom.listing('SKU-130')).toMatchObject({ displayed: false, reason: 'archived' });
});

test.concurrent('a till that returns almost nothing is asked once more for all that would be hidden, and nothing is', async ({
  stockroom,
  expect,
}) => {
  await stockroom.open();
  const before = await stockroom.listings();
  await stockroom.breakTill({ path: 'Item', query: 'sort=itemID', fault: { kind: 'empty-page' }, nth: 2, count: 2 });
  await stockroom.breakTill({ path: 'Item', query: 'itemID=IN', fault: { kind: 'empty-page' } });
  expect(await stockroom.pullAll()).toMatchObject({ state: 'succeeded', heldChanges: 0, listingsChanged: 0 });
  expect(await stockroom.listings()).toEqual(before);
});

const losing: [string, Record<string, unknown>[]][] = [
  ['lists', [{}]],
  ['pages', [{ query: 'sort=itemID', nth: 2 }, { query: 'itemID=IN' }]],
];

test.concurrent.for(losing)(
  '%s that go on losing their rows end the pull: no item is taken for gone, shown or not',
  async ([, rules], { stockroom, sandbox, expect }) => {
    await stockroom.till.setStock({ itemId: stockroom.itemIds[129]!, shopId: '1', qoh: 0 });
    await stockroom.open();
    const before = await stockroom.listings();
    for (const rule of rules)
      await stockroom.breakTill({ path: 'Item', fault: { kind: 'empty-page' }, count: 0, ...rule });
    expect(await stockroom.pullAll()).toMatchObject({ state: 'failed', errorCode: 'malformed', listingsChanged: 0 });
    const { faults } = sandbox.world;
    const own = faults.list().filter(({ rule }) => rule.account === Number(stockroom.accountId));
    faults.remove(own.map(({ id }) => id)); // others break their tills meanwhile
    expect(await stockroom.poll()).toMatchObject({ state: 'succeeded', listingsChanged: 0 });
    expect(await stockroom.listings()).toEqual(before);
  },
);

test.concurrent('an item whose stock rows do not add up to the sum of shopID 0 is read again', async ({
  stockroom,
  expect,
}) => {
  await stockroom.open();
  await stockroom.till.setStock({ itemId: stockroom.itemIds[0]!, shopId: '2', qoh: 4 });
  expect(await stockroom.poll()).toMatchObject({ listingsChanged: 1 });
  const before = await stockroom.listings();
  const asked = await stockroom.asked('Item');
  const fault = { kind: 'missing-stock-row', shopID: '1' };
  await stockroom.breakTill({ path: 'Item', query: 'sort=itemID', fault, count: 1 });
  expect(await stockroom.pullAll()).toMatchObject({ state: 'succeeded', listingsChanged: 0 });
  expect(await stockroom.asked('Item')).toBe(asked + 6); // the newest, the count, two pages; the items of one of them again, in two calls
  expect(await stockroom.listings()).toEqual(before);
});

test.concurrent('items changed between the pages of a pull are neither lost nor doubled, by a poll and by a full pull', async ({
  stockroom,
  expect,
}) => {
  await stockroom.open();
  const { till, itemIds } = stockroom;
  const [read, unread] = [itemIds[0]!, itemIds[129]!];
  const edit = (itemId: string, price: string, qoh: number) => [
    { method: 'PATCH', path: `items/${itemId}`, body: { prices: { Default: price } } },
    { method: 'PUT', path: 'stock', body: { itemId, shopId: '1', qoh } },
  ];
  // Once the first page has been answered, what it held changes, and so does what is still to come.
  const between = (price: string, qoh: number) => ({
    fault: { kind: 'edit', edits: [...edit(read, price, qoh), ...edit(unread, price, qoh)] },
    count: 1,
  });
  const shows = async (price: string, quantity: number) => {
    const listings = await stockroom.listings();
    expect(listings).toHaveLength(130);
    const changed = listings.filter((listing) => listing.price === price).map(({ sku }) => sku);
    expect(changed).toEqual(['SKU-1', 'SKU-130']);
    expect(await stockroom.listing('SKU-1')).toMatchObject({ quantity });
    expect(await stockroom.listing('SKU-130')).toMatchObject({ quantity });
  };

  await stockroom.breakTill({ path: 'Item', query: 'sort=itemID', ...between('11', 4) });
  expect(await stockroom.pullAll()).toMatchObject({ state: 'succeeded' });
  expect(await stockroom.poll()).toMatchObject({ state: 'succeeded' });
  await shows('11.00', 4);

  for (const itemId of itemIds) await till.call('PATCH', `/items/${itemId}`, { description: `Renamed ${itemId}` });
  await stockroom.breakTill({ path: 'Item', query: 'sort=timeStamp', ...between('12', 3) });
  expect(await stockroom.poll()).toMatchObject({ state: 'succeeded' });
  expect(await stockroom.poll()).toMatchObject({ state: 'succeeded' });
  await shows('12.00', 3);
});

/** More than a page of changes. */
async function change({ till, itemIds }: Stockroom): Promise<void> {
  for (const itemId of itemIds) {
    await till.call('PATCH', `/items/${itemId}`, { prices: { Default: '11' }, stock: [{ shopId: '1', qoh: 3 }] });
  }
}

function expectChanged(listings: Listing[], expect: { (actual: unknown): { toEqual(expected: unknown): void } }): void {
  const shown = listings.map(({ displayed, quantity, price }) => `${displayed} ${quantity} ${price}`);
  expect(shown).toEqual(Array.from({ length: 130 }, () => 'true 3 11.00'));
}
