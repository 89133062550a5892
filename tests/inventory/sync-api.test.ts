import { ListingBody } from '../../api/inventory/listing-body.ts';
import { generateBikeShop } from '../../sandbox/r-series/seed/generate-bike-shop.ts';
import { callApi } from '../api/call-api.ts';
import type { Shop } from '../shop.ts';
import { platformKey, test } from '../stack-test.ts';
import { eventually } from './eventually.ts';

const till = generateBikeShop({ seed: 1, items: 40 }).items;

/** One catalogue item per POS item with a UPC. */
const catalogue = till
  .filter(({ upc, archived }) => upc !== '' && !archived)
  .map(({ itemID, upc, description, brand, manufacturerSku }) => ({
    sku: `WEB-${itemID}`,
    description,
    brand,
    gtin1: upc,
    mpn: manufacturerSku,
  }));

async function synced(shop: Shop): Promise<void> {
  await shop.storefront.expect('PUT', '/catalog/items', { items: catalogue });
  await shop.setUp();
  // To ask for a run while one is under way gives that one, which may have read the till already.
  await eventually(async () => {
    const all = await runs(shop);
    const isRead = all.some(({ mode, state }) => mode === 'full' && state === 'succeeded');
    return isRead && all.every(({ state }) => state !== 'running') ? true : null;
  });
}

async function runs(shop: Shop): Promise<Record<string, unknown>[]> {
  return (await shop.admin.expect('GET', '/sync/runs'))['runs'] as Record<string, unknown>[];
}

test.concurrent('R5, R34: nothing syncs before the setup is completed; then runs say what ran, when, with what result', async ({
  shop,
  expect,
}) => {
  expect(await shop.admin.call('POST', '/sync/run')).toMatchObject({ status: 409, body: { code: 'setup-incomplete' } });
  await synced(shop);
  const full = (await runs(shop)).find(({ mode }) => mode === 'full');
  expect(full).toMatchObject({ itemsSeen: 40, state: 'succeeded', trigger: 'setup', errorCode: null });
  expect(await shop.admin.expect('GET', `/sync/runs/${String(full!['id'])}`)).toEqual(full);
  expect(await shop.storefront.expect('GET', '/sync')).toMatchObject({
    isPaused: false,
    ageSeconds: expect.any(Number) as number,
  });
});

test.concurrent('R9, R16: what changes in the till shows in the feed after the next run', async ({ shop, expect }) => {
  await synced(shop);
  const [first] = catalogue;
  const itemId = first!.sku.slice(4);
  const version = (await shop.storefront.expect('GET', '/listings?limit=1000'))['next'] as number;
  await shop.till.setStock({ itemId, shopId: '1', qoh: 77 });
  await shop.till.setStock({ itemId, shopId: '2', qoh: 5 });
  const { runId } = await shop.admin.expect('POST', '/sync/run');
  await expect
    .poll(async () => (await runs(shop)).find(({ id }) => id === runId)?.['state'], { timeout: 50_000 })
    .toBe('succeeded');
  const feed = await shop.storefront.expect('GET', `/listings?after=${version}`);
  // The page is rendered by its query, past the contract that all else is held to.
  for (const listing of feed['listings'] as unknown[]) expect(ListingBody.strict().parse(listing)).toEqual(listing);
  expect(feed['listings']).toMatchObject([
    { sku: first!.sku, displayed: true, quantity: 82, quantityByLocation: { harbour: 77, mill: 5 } },
  ]);
  expect(await shop.admin.expect('GET', `/listings/${first!.sku}`)).toMatchObject({
    ...(feed['listings'] as object[])[0],
    reasonText: 'Shown: it is on hand in a mapped shop.',
    mapping: { state: 'mapped', matchedBy: 'gtin1-upc' },
  });
});

test.concurrent('R19, R21: mappings are searched and downloaded, each with its reason', async ({ shop, expect }) => {
  await synced(shop);
  const search = async (query: string) =>
    ((await shop.admin.expect('GET', `/mappings?${query}`))['mappings'] as { sku: string; reason: string }[]).map(
      ({ sku }) => sku,
    );
  const withoutPrice = till
    .filter(({ prices, upc }) => prices.standard === '0' && upc !== '')
    .map(({ itemID }) => `WEB-${itemID}`);
  expect(await search('state=missing-price')).toEqual(withoutPrice.toSorted());
  const [one] = catalogue;
  const { sku, description, brand, mpn } = one!;
  const asking = (text: string) => search(`q=${encodeURIComponent(text)}`);
  expect(await asking(`${one!.gtin1.slice(0, 3)}-${one!.gtin1.slice(3)}`)).toEqual([sku]);
  for (const text of [sku.toLowerCase(), description, brand, mpn.toLowerCase().replace('-', ' '), mpn.slice(0, -1)])
    expect([text, await asking(text)]).toEqual([text, expect.arrayContaining([sku])]);
  expect(await asking('no such thing')).toEqual([]);
  const pages = await Promise.all([search('limit=2'), search(`limit=2&cursor=${encodeURIComponent(sku)}`)]);
  expect(new Set(pages.flat()).size).toBe(4);
  const report = await shop.admin.text('GET', '/mappings/report.csv');
  const lines = report.trimEnd().split('\r\n');
  const unmapped = till.filter(({ upc, archived }) => upc === '' && !archived).length;
  expect(lines.length).toBe(1 + catalogue.length + unmapped);
  expect(report).toContain('has no UPC, EAN or manufacturer SKU to match by');
  expect(report).toContain('No catalogue item bears its UPC, EAN or manufacturer SKU');
});

test.concurrent('R34: a paused sync runs neither by itself nor by hand, until it is resumed', async ({
  shop,
  expect,
}) => {
  await synced(shop);
  expect(await shop.admin.expect('POST', '/sync/pause')).toEqual({ paused: true });
  expect(await shop.admin.call('POST', '/sync/run')).toMatchObject({ status: 409, body: { code: 'sync-paused' } });
  expect(await shop.admin.expect('POST', '/sync/resume')).toEqual({ paused: false });
  expect((await shop.admin.call('POST', '/sync/run')).status).toBe(202);
});

test.concurrent('R34: the age of the last good sync is a figure of each retailer, and of its own alone to its key', async ({
  shop,
  app,
  expect,
}) => {
  await synced(shop);
  const { key } = (await shop.platform.expect('POST', '/keys', { role: 'operator', label: 'scrape' })) as {
    key: string;
  };
  const ages = async (by: string) => {
    const { text } = await callApi(app.url, 'GET', '/metrics', { key: by });
    return [...text.matchAll(/^tillbridge_sync_age_seconds\{tenant="([^"]+)"\} (\S+)$/gm)].map(([, tenant]) => tenant);
  };
  expect(await ages(key)).toEqual([shop.tenant]);
  expect(await ages(platformKey)).toEqual(expect.arrayContaining([shop.tenant]));
  await eventually(async () => ((await ages(platformKey)).length > 1 ? true : null)); // the retailers of the other tests
});

test.concurrent('R34: a full pull by hand reads everything again, and a second request meets the one under way', async ({
  shop,
  expect,
}) => {
  await synced(shop);
  const begun = await Promise.all([
    shop.admin.expect('POST', '/sync/run', { mode: 'full' }),
    shop.admin.expect('POST', '/sync/run', { mode: 'full' }),
  ]);
  expect(begun[0]).toEqual(begun[1]);
  const run = async () => (await runs(shop)).find(({ id }) => id === begun[0]['runId']);
  await expect.poll(async () => (await run())?.['state'], { timeout: 50_000 }).toBe('succeeded');
  expect(await run()).toMatchObject({ mode: 'full', trigger: 'person', itemsSeen: 40 });
});

test.concurrent('R35: disconnecting leaves the listings as they are', async ({ shop, expect }) => {
  await synced(shop);
  const before = await shop.storefront.expect('GET', '/listings?limit=1000');
  await shop.admin.expect('POST', '/setup/disconnect');
  expect(await shop.admin.call('POST', '/sync/run')).toMatchObject({ status: 409, body: { code: 'not-connected' } });
  expect(await shop.storefront.expect('GET', '/listings?limit=1000')).toEqual(before);
});

test.concurrent('R8: the import settings decide which mapped items show, at once when they are changed', async ({
  shop,
  expect,
}) => {
  await synced(shop);
  const displayed = async () =>
    ((await shop.storefront.expect('GET', '/listings?limit=1000'))['listings'] as { sku: string; displayed: boolean }[])
      .filter((listing) => listing.displayed)
      .map(({ sku }) => sku)
      .toSorted();
  const shows = (holds: (stock: { qoh: number; backorder: number; reorder: boolean }) => boolean) =>
    till
      .filter(({ upc, archived, prices }) => upc !== '' && !archived && prices.standard !== '0')
      .filter(({ stock }) => {
        const rows = stock.filter(({ shopID }) => shopID <= 2);
        const sum = (field: 'qoh' | 'backorder') => rows.reduce((total, row) => total + row[field], 0);
        const reorder = rows.some(({ reorderPoint, reorderLevel }) => reorderPoint > 0 || reorderLevel > 0);
        return holds({ qoh: sum('qoh'), backorder: sum('backorder'), reorder });
      })
      .map(({ itemID }) => `WEB-${itemID}`)
      .toSorted();
  expect(await displayed()).toEqual(shows(({ qoh }) => qoh > 0));
  await shop.admin.expect('PUT', '/setup/import-settings', { onHand: false, onOrder: true, reorder: true });
  await expect
    .poll(displayed, { timeout: 50_000 })
    .toEqual(shows(({ backorder, reorder }) => backorder > 0 || reorder));
  await shop.admin.expect('PUT', '/setup/import-settings', { onHand: true, onOrder: true, reorder: false });
  await expect.poll(displayed, { timeout: 50_000 }).toEqual(shows(({ qoh, backorder }) => qoh > 0 || backorder > 0));
});

test.concurrent('R22: a catalogue that maps to nothing is told to a person, with the likely cause, until something maps', async ({
  shop,
  expect,
}) => {
  await shop.storefront.expect('PUT', '/catalog/items', {
    items: [{ sku: 'A', description: 'Unknown to the till', gtin1: '036000291452' }],
  });
  await shop.setUp();
  const told = async () => {
    const { attention } = await shop.admin.expect('GET', '/attention');
    return (
      (attention as { code: string; remedy: string }[]).find(({ code }) => code === 'nothing-maps')?.remedy ?? null
    );
  };
  await expect.poll(told, { timeout: 50_000 }).toContain('The codes on both sides differ');
  await shop.storefront.expect('PUT', '/catalog/items', { items: [{ sku: 'A', description: 'No code at all' }] });
  await expect.poll(told, { timeout: 50_000 }).toContain('No catalogue item has a GTIN1, GTIN2 or MPN');
  await shop.storefront.expect('PUT', '/catalog/items', { items: catalogue.slice(0, 1) });
  await expect.poll(told, { timeout: 50_000 }).toBeNull();
});

test.concurrent('an arriving order promises its units at once, a cancelled one gives them back', async ({
  shop,
  expect,
}) => {
  await synced(shop);
  const feed = (await shop.storefront.expect('GET', '/listings?limit=1000'))['listings'] as {
    sku: string;
    quantity: number;
  }[];
  const { sku, quantity } = feed.find((listing) => listing.quantity > 5)!;
  const quantityNow = async () => (await shop.storefront.expect('GET', `/listings/${sku}`))['quantity'];
  const at = '2030-01-01T10:00:00Z';
  const lines = [{ lineId: '1', sku, description: 'A thing', quantity: 2, unitPrice: '6.00' }];
  await shop.storefront.expect('PUT', '/orders/2001', {
    placedAt: at,
    updatedAt: at,
    currency: 'USD',
    total: '12.00',
    lines,
  });
  await expect.poll(quantityNow, { timeout: 50_000 }).toBe(quantity - 2);
  await shop.storefront.expect('POST', '/orders/2001/cancelled', { at });
  await expect.poll(quantityNow, { timeout: 50_000 }).toBe(quantity);
});
