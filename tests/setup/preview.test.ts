import { eq } from 'drizzle-orm';
import { describe } from 'vitest';
import { connections } from '../../db/schema/setup.ts';
import { eventually } from '../inventory/eventually.ts';
import type { Stockroom } from '../inventory/inventory-test.ts';
import { test } from '../inventory/inventory-test.ts';
import { upc } from '../inventory/upc.ts';

interface Group {
  state?: string;
  reason?: string;
  count: number;
  samples: { sku: string }[];
}

interface Figures {
  catalogItems: number;
  mapped: number;
  pending: number;
  displayed: number;
  hidden: number;
  mappings: Group[];
  shown: Group[];
  notShown: Group[];
}

const preview = ({ admin }: Stockroom) => admin.expect('GET', '/setup/preview');

/** Asks until Lightspeed has been read. */
const figuresOf = (stockroom: Stockroom) =>
  eventually(async () => {
    const { state, figures } = await preview(stockroom);
    return state === 'ready' ? (figures as Figures) : null;
  });

/** SKUs by what is said of them. */
const skusBy = (groups: Group[]) =>
  Object.fromEntries(groups.map(({ state, reason, samples }) => [state ?? reason, samples.map(({ sku }) => sku)]));

/** A catalogue of which some is hidden, some pending and some not in the till. */
async function arrangeCatalogue({ till, storefront, itemIds }: Stockroom): Promise<void> {
  // The seeded items that have one at the level Online lose it.
  const online = Array.from({ length: 10 }, (_, n) => 4 * (n + 1));
  await Promise.all(online.map((id) => till.call('PATCH', `/items/${id}`, { prices: { Online: '0' } })));
  await till.setStock({ itemId: itemIds[1]!, shopId: '1', qoh: 0, backorder: 4 });
  await till.setStock({ itemId: itemIds[2]!, shopId: '1', qoh: 0 });
  await till.call('POST', '/items', { description: 'Twin', manufacturerSku: 'TW-1', prices: { Default: '3' } });
  await till.call('POST', '/items', { description: 'Twin too', manufacturerSku: 'TW-1', prices: { Default: '3' } });
  const free = { description: 'Free', upc: upc(50), prices: { Default: '0' }, stock: [{ shopId: '1', qoh: 9 }] };
  await till.call('POST', '/items', free);
  const ghosts = Array.from({ length: 12 }, (_, n) => ({ sku: `GHOST-${n + 10}`, gtin1: upc(100 + n) }));
  await storefront.expect('PUT', '/catalog/items', {
    items: [{ sku: 'FREE', gtin1: upc(50) }, { sku: 'TWIN', mpn: 'TW-1' }, { sku: 'BARE' }, ...ghosts],
  });
}

describe('Before the setup is completed, the preview', () => {
  test.concurrent('tells what the choices would give, publishes nothing, and spares the first sync the reading', async ({
    stockroom,
    expect,
  }) => {
    const { admin, operator } = stockroom;
    expect((await admin.call('GET', '/setup/preview')).body).toMatchObject({ code: 'not-connected' });
    await arrangeCatalogue(stockroom);
    await stockroom.setUp({ complete: false });
    // Who may only read doesn't set anything in motion.
    expect(await operator.expect('GET', '/setup/preview')).toMatchObject({ state: 'unread', figures: null });
    expect(await stockroom.asked('Item')).toBe(0);

    expect(await preview(stockroom)).toMatchObject({ state: 'reading', figures: null });
    const figures = await figuresOf(stockroom);
    expect(figures).toMatchObject({ catalogItems: 18, mapped: 4, pending: 1, displayed: 1, hidden: 3 });
    expect(skusBy(figures.mappings)).toMatchObject({
      mapped: ['SKU-1', 'SKU-2', 'SKU-3'],
      'missing-price': ['FREE'],
      pending: ['TWIN'],
      'missing-keys': ['BARE'],
      unmatched: Array.from({ length: 10 }, (_, n) => `GHOST-${n + 10}`),
    });
    expect(figures.mappings).toContainEqual(expect.objectContaining({ state: 'unmatched', count: 12 }));
    expect(skusBy(figures.shown)).toEqual({ 'on-hand': ['SKU-1'] });
    expect(skusBy(figures.notShown)).toEqual({ 'no-import-setting-holds': ['SKU-2', 'SKU-3'], 'no-price': ['FREE'] });
    expect(await operator.expect('GET', '/setup/preview')).toMatchObject({ state: 'ready', assumed: [] });

    await admin.expect('PUT', '/setup/import-settings', { onOrder: true });
    expect(skusBy((await figuresOf(stockroom)).shown)).toEqual({ 'on-hand': ['SKU-1'], 'on-order': ['SKU-2'] });

    // The pricing step knows the stored prices, also those of a level that nothing has.
    const empty = await admin.expect('PUT', '/setup/pricing', { enabled: true, regularPriceLevelId: '3' });
    const warnings = [expect.stringContaining('No item has a price at price level "3"')];
    expect(empty['warnings']).toEqual(warnings);
    const { steps } = await admin.expect('GET', '/setup');
    expect(steps).toContainEqual(expect.objectContaining({ step: 'pricing', state: 'done', warnings }));
    await admin.expect('PUT', '/setup/pricing', { enabled: true, regularPriceLevelId: '1' });

    // R5: none of it was more than a look.
    expect(await stockroom.listings()).toEqual([]);
    const { mappings } = await admin.expect('GET', '/mappings?q=SKU-1');
    expect(mappings).toMatchObject([{ state: 'unmatched', reason: expect.stringContaining('Not compared') }]);
    expect(await stockroom.runs()).toMatchObject([{ mode: 'full', trigger: 'preview', state: 'succeeded' }]);

    const completed = await admin.expect('POST', '/setup/complete');
    expect(completed['effects']).toContainEqual(expect.stringContaining('what has changed in Lightspeed since'));
    expect(await stockroom.nextRun('poll', [])).toMatchObject({ trigger: 'setup', state: 'succeeded' });
    const listings = await stockroom.listings();
    expect(listings.filter(({ displayed }) => displayed).map(({ sku }) => sku)).toEqual(['SKU-1', 'SKU-2']);
    expect(listings.map(({ version }) => version).toSorted((one, other) => one - other)).toEqual([1, 2, 3, 4]);
    expect((await stockroom.runs()).filter(({ mode }) => mode === 'full')).toHaveLength(1);
    expect(await figuresOf(stockroom)).toMatchObject({ mapped: 4, displayed: 2, hidden: 2 });
  });

  test.concurrent('takes the default for what is not chosen, and says so; R6: without a shop nothing would show', async ({
    stockroom,
    expect,
  }) => {
    await stockroom.connect('1');
    expect(await figuresOf(stockroom)).toMatchObject({ mapped: 3, displayed: 0, hidden: 3 });
    const first = await preview(stockroom);
    expect(first['assumed']).toEqual(['stores', 'import-settings', 'pricing']);
    expect(skusBy((first['figures'] as Figures).notShown)).toEqual({
      'not-in-mapped-shops': ['SKU-1', 'SKU-2', 'SKU-3'],
    });
    expect((await stockroom.admin.expect('GET', '/setup'))['choices']).toMatchObject({
      importSettings: null,
      pricing: null,
    });
  });

  test.concurrent('says how far the reading of Lightspeed has come', async ({ stockroom, expect }) => {
    await stockroom.connect('1');
    // Refused until it was seen: it is known how much there is to read, and nothing is read.
    const page = { path: 'Item', query: 'sort=itemID' };
    await stockroom.breakTill({ fault: { kind: 'status', status: 503 }, ...page, count: 0 });
    const reading = async () => (await preview(stockroom))['reading'];
    await expect
      .poll(reading, { timeout: 40_000 })
      .toMatchObject({ pages: 0, pagesExpected: 1, secondsLeft: expect.any(Number) });
    await stockroom.till.clearFaults();
    await figuresOf(stockroom);
  });

  test.concurrent('says why Lightspeed could not be read', async ({ stockroom, expect }) => {
    await stockroom.connect('1');
    await stockroom.breakTill({
      fault: { kind: 'missing-field', field: 'upc' },
      path: 'Item',
      query: 'sort=itemID',
      count: 0,
    });
    const told = await eventually(async () => {
      const answer = await preview(stockroom);
      return answer['state'] === 'failed' ? answer : null;
    });
    expect(told).toMatchObject({ message: expect.stringMatching(/could not be read.*Ask again/), figures: null });
    await stockroom.till.clearFaults();
  });
});

describe('R22: a completed setup in which nothing maps names the likely cause', () => {
  test.concurrent('the first pull still running, and how long it will take', async ({ stockroom, expect }) => {
    await stockroom.setUp({ complete: false });
    // Refused until it was seen: it is known how much there is to read, and nothing is read.
    const page = { path: 'Item', query: 'sort=itemID' };
    await stockroom.breakTill({ fault: { kind: 'status', status: 503 }, ...page, count: 0 });
    await stockroom.admin.expect('POST', '/setup/complete');
    const why = async () => (await stockroom.admin.expect('GET', '/setup'))['nothingMaps'];
    expect(await why()).toMatchObject({ cause: 'first-pull', remedy: expect.stringContaining('Wait') });
    await expect
      .poll(why, { timeout: 40_000 })
      .toMatchObject({ message: expect.stringMatching(/0 of about 1 pages, less than a minute left/) });
    await stockroom.till.clearFaults();
    await expect.poll(why, { timeout: 40_000 }).toBeNull();
  });

  test.concurrent('the price level, the Admin right, the keys, what waits for a yes, the codes, the catalogue', async ({
    stockroom,
    db,
    expect,
  }) => {
    const { admin, storefront, till } = stockroom;
    const why = async () =>
      ((await admin.expect('GET', '/setup'))['nothingMaps'] as { cause: string } | null)?.cause ?? null;
    const becomes = (cause: string | null) => expect.poll(why, { timeout: 40_000 }).toBe(cause);
    const told = async () => (await admin.expect('GET', '/attention'))['attention'] as { code: string }[];
    await stockroom.open({ pricing: { enabled: true, regularPriceLevelId: '2' } });
    await becomes('price-level-empty');
    expect(await told()).toMatchObject([{ code: 'nothing-maps', remedy: expect.stringContaining('price level') }]);

    const demote = async (isAdmin: boolean) => {
      await till.call('PATCH', '/employees/1', { admin: isAdmin });
      await db
        .update(connections)
        .set({ checkedAt: new Date(0) })
        .where(eq(connections.tenant, stockroom.tenant));
    };
    await demote(false);
    await becomes('admin-right-gone');
    await demote(true);
    await becomes('price-level-empty');

    await admin.expect('PUT', '/setup/pricing', { enabled: true, regularPriceLevelId: '1' });
    await becomes(null);
    expect(await told()).toEqual([]);

    const sell = async (item: Record<string, unknown>) => {
      for (const sku of ['SKU-1', 'SKU-2', 'SKU-3', 'ONLY']) await storefront.call('DELETE', `/catalog/items/${sku}`);
      await storefront.expect('PUT', '/catalog/items', { items: [{ sku: 'ONLY', ...item }] });
    };
    await sell({});
    await becomes('catalogue-keys-missing');
    await sell({ gtin1: upc(77) });
    await becomes('codes-differ');
    for (const description of ['Twin', 'Twin too']) {
      await till.call('POST', '/items', { description, manufacturerSku: 'TW-1', prices: { Default: '3' } });
    }
    await sell({ mpn: 'TW-1' });
    await stockroom.poll();
    await becomes('matches-pending');
    await storefront.call('DELETE', '/catalog/items/ONLY');
    await becomes('no-catalogue');
    await expect.poll(told, { timeout: 40_000 }).toEqual([]);
  });
});

test.concurrent('a change of stores, import settings or prices decides again without a read of the till', async ({
  stockroom,
  expect,
}) => {
  await stockroom.open();
  const { admin, till, itemIds } = stockroom;
  await till.setStock({ itemId: itemIds[0]!, shopId: '1', qoh: 0, reorderPoint: 2 });
  await stockroom.poll();
  const asked = async () => [await stockroom.asked('Item'), await stockroom.asked('ItemShop')];
  const before = await asked();
  const show = (sku: string) => stockroom.listing(sku);
  const changes = [
    {
      step: 'import-settings',
      choice: { reorder: true },
      sku: 'SKU-1',
      listing: { displayed: true, reason: 'reorder' },
      effect: '1 item would be shown.',
    },
    {
      step: 'pricing',
      choice: { enabled: true, regularPriceLevelId: '2' },
      sku: 'SKU-2',
      listing: { displayed: false, reason: 'no-price' },
      effect: '3 items would be hidden.',
    },
    {
      step: 'pricing',
      choice: { enabled: false },
      sku: 'SKU-2',
      listing: { displayed: true, price: null },
      effect: '3 items would be shown.',
    },
    {
      step: 'stores',
      choice: { stores: [{ shopId: '1', locationId: 'mill' }] },
      sku: 'SKU-3',
      listing: { quantityByLocation: { mill: 5 } },
      effect: '3 displayed items would change in quantity or price.',
    },
  ];
  for (const { step, choice, sku, listing, effect } of changes) {
    const runs = await stockroom.runs();
    const answer = await admin.expect('PUT', `/setup/${step}`, choice);
    expect(answer['effects']).toEqual([expect.stringContaining('decided again now'), effect]);
    expect(await stockroom.nextRun('local', runs)).toMatchObject({ trigger: 'settings', state: 'succeeded' });
    expect(await show(sku)).toMatchObject(listing);
  }
  expect(await asked()).toEqual(before);
});
