import { expect } from 'vitest';
import type { Stockroom } from './inventory-test.ts';
import { test } from './inventory-test.ts';
import { upc } from './upc.ts';

interface Explained {
  summary: string;
  sync: { ageSeconds: number | null; notes: { code: string; message: string; fix: { field: string } | null }[] };
  found: {
    sku: string | null;
    itemId: string | null;
    isOnSite: boolean | null;
    verdict: string;
    why: string;
    matchedFields: string[];
    fixes: { where: string; field: string; what: string }[];
    shops: Record<string, unknown>[];
    nearest: { sku: string | null; itemId: string | null }[];
  }[];
  nearest: { sku: string | null }[];
}

const pricing = { enabled: true, regularPriceLevelId: '1', salePriceLevelId: '3' };

function asker({ admin }: Stockroom) {
  const explain = async (code: string) =>
    (await admin.expect('GET', `/explain?code=${encodeURIComponent(code)}`)) as unknown as Explained;
  return {
    explain,
    /** The one item that bears the code. */
    one: async (code: string) => {
      const { found } = await explain(code);
      expect([code, found.length]).toEqual([code, 1]);
      return found[0]!;
    },
  };
}

test('R36: any code is explained: on the site or not, why, and which field to fix where', async ({ stockroom }) => {
  const { till, storefront, itemIds } = stockroom;
  const { explain, one } = asker(stockroom);
  const add = async (item: Record<string, unknown>) =>
    String((await till.call('POST', '/items', { prices: { Default: '10' }, ...item }))['itemId']);
  const badUpc = `${upc(50).slice(0, -1)}${(Number(upc(50).at(-1)) + 1) % 10}`;
  const [priceless, elsewhere, soldOut, gone, boxed, lone, bare, dated, pending] = [
    await add({ description: 'No price', upc: upc(10), prices: { Default: '0' }, stock: [{ shopId: '1', qoh: 1 }] }),
    await add({ description: 'In shop 3 only', upc: upc(11), stock: [{ shopId: '3', qoh: 7 }] }),
    await add({ description: 'Sold out', upc: upc(12), stock: [{ shopId: '1', qoh: 0, reorderPoint: 2 }] }),
    await add({ description: 'Discontinued', upc: upc(13), stock: [{ shopId: '1', qoh: 1 }] }),
    await add({ description: 'Twice', upc: upc(14) }),
    await add({ description: 'Copper kettle with whistle', upc: upc(15), manufacturerSku: 'KET-77' }),
    await add({ description: 'Nothing to match by' }),
    await add({ description: 'Dear sale', upc: upc(16), prices: { Default: '10', Online: '12' } }),
    await add({ description: 'Bad code', upc: badUpc }),
  ];
  await add({ description: 'Twice again', upc: upc(14) });
  await till.setStock({ itemId: dated, shopId: '1', qoh: 4 });
  const web = (sku: string, more: Record<string, unknown>) => ({ sku, description: sku, ...more });
  await storefront.expect('PUT', '/catalog/items', {
    items: [
      web('PRICELESS', { gtin1: upc(10) }),
      web('ELSEWHERE', { gtin1: upc(11) }),
      web('SOLD-OUT', { gtin1: upc(12) }),
      web('GONE', { gtin1: upc(13) }),
      web('TWICE', { gtin1: upc(14) }),
      { sku: 'KETTLE', description: 'Kettle, copper, whistle', gtin1: upc(99) },
      web('KEYLESS', {}),
      web('DATED', { gtin1: upc(16), saleStart: '2026-01-01' }),
      web('PENDING', { gtin1: badUpc }),
    ],
  });
  await stockroom.open({ pricing });
  await till.call('PATCH', `/items/${gone}`, { archived: true });
  await stockroom.poll();

  const shown = { sku: 'SKU-1', itemId: itemIds[0], isOnSite: true, verdict: 'on-hand', fixes: [] };
  const code = upc(1);
  const { systemSku } = await till.call('GET', `/items/${itemIds[0]}`);
  const spellings: [string, string[]][] = [
    [code, ['gtin1', 'upc']],
    [`0${code.slice(0, 4)}-${code.slice(4)}`, ['gtin1', 'upc']],
    ['SKU-1', ['sku']],
    [itemIds[0]!, ['itemId']],
    [String(systemSku), ['systemSku']],
  ];
  for (const [spelling, matchedFields] of spellings)
    expect([spelling, await one(spelling)]).toEqual([spelling, expect.objectContaining({ ...shown, matchedFields })]);

  expect(await one('PRICELESS')).toMatchObject({
    isOnSite: false,
    verdict: 'no-price',
    itemId: priceless,
    why: expect.stringContaining('At price level 1 it has 0: 0 is no price.'),
    fixes: [{ where: 'lightspeed', field: 'Prices' }, { field: 'setup/pricing' }],
  });
  expect(await one(upc(11))).toMatchObject({
    itemId: elsewhere,
    isOnSite: false,
    why: expect.stringContaining('7 on hand in shop 3'),
    fixes: [{ field: 'setup/stores' }, { where: 'lightspeed', field: 'qoh' }, { field: 'setup/import-settings' }],
  });
  const empty = await one(upc(12));
  expect(empty).toMatchObject({ itemId: soldOut, isOnSite: false, verdict: 'no-import-setting-holds' });
  expect(empty.why).toContain('0 on hand, 0 on order, reorder point 2, reorder level 0');
  expect(empty.shops.slice(0, 2)).toMatchObject([
    { shopId: '1', locationId: 'harbour', onHand: 0, reorderPoint: 2 },
    { shopId: '2', locationId: 'mill', onHand: 0 },
  ]);
  expect(await one('GONE')).toMatchObject({
    isOnSite: false,
    verdict: 'archived',
    fixes: [{ where: 'lightspeed', field: 'archived' }, {}],
  });
  const { found: twice } = await explain(upc(14));
  expect(twice.map(({ sku, verdict }) => `${sku} ${verdict}`)).toEqual([
    'TWICE ambiguous',
    'null candidate',
    'null candidate',
  ]);
  expect(twice.find(({ itemId }) => itemId === boxed)!.why).toContain(
    'several possible matches of catalogue item TWICE',
  );
  const kettle = await one('KETTLE');
  expect(kettle).toMatchObject({
    verdict: 'unmatched',
    isOnSite: null,
    fixes: [{ where: 'lightspeed', field: 'upc' }, {}, {}],
  });
  expect(kettle.nearest.map(({ itemId }) => itemId)).toContain(lone);
  const unsold = await one('ket 77');
  expect(unsold).toMatchObject({
    sku: null,
    itemId: lone,
    verdict: 'not-in-catalogue',
    matchedFields: ['manufacturerSku'],
  });
  expect(unsold.nearest.map(({ sku }) => sku)).toContain('KETTLE');
  expect(unsold.fixes[0]).toMatchObject({ where: 'storefront', field: 'gtin1' });
  expect(await one('KEYLESS')).toMatchObject({
    verdict: 'missing-keys',
    fixes: [{ where: 'storefront', field: 'gtin1' }],
  });
  expect(await one(bare)).toMatchObject({
    verdict: 'missing-keys',
    fixes: [{ where: 'lightspeed', field: 'upc' }, {}],
  });
  expect(await one('DATED')).toMatchObject({
    isOnSite: true,
    why: expect.stringContaining('The sale price is not below the regular price.'),
    fixes: [{ where: 'lightspeed', field: 'Prices' }],
  });
  const { found: doubtful } = await explain(badUpc);
  expect(doubtful).toMatchObject([
    {
      sku: 'PENDING',
      verdict: 'pending',
      fixes: [{ field: 'mappings/decisions' }, { field: 'gtin1' }, { field: 'upc' }],
    },
    { sku: null, itemId: pending, verdict: 'candidate' },
  ]);
  await stockroom.admin.expect('POST', '/mappings/decisions', { decisions: [{ sku: 'PENDING', action: 'reject' }] });
  await expect.poll(async () => (await explain('PENDING')).found[0]!.verdict, { timeout: 40_000 }).toBe('rejected');

  const unknown = `${upc(1).slice(0, -1)}${(Number(upc(1).at(-1)) + 1) % 10}`;
  const nothing = await explain(unknown);
  expect(nothing.found).toEqual([]);
  expect(nothing.summary).toContain(`Its check digit is wrong: it would be ${upc(1)}.`);
  expect(nothing.sync).toMatchObject({ notes: [], ageSeconds: expect.any(Number) });
});

test('R5, R35, R36: what keeps the whole shop from being right is explained first', async ({ stockroom }) => {
  const { admin, till } = stockroom;
  const { explain } = asker(stockroom);
  const notes = async () => (await explain('SKU-1')).sync.notes.map(({ code }) => code);
  const fieldToFix = async () => (await explain('SKU-1')).sync.notes[0]?.fix?.field;
  expect(await notes()).toEqual(['setup-incomplete']);
  expect(await fieldToFix()).toBe('setup/connect');
  await stockroom.breakTill({ path: 'Item', fault: { kind: 'status', status: 503 }, count: 0 });
  await stockroom.setUp();
  await expect.poll(async () => (await notes())[0], { timeout: 40_000 }).toMatch(/^first-pull-/);
  expect((await explain('SKU-1')).found[0]!.why).toContain('Not compared with the till yet');
  await till.clearFaults();
  await stockroom.nextRun('full', []);
  await expect.poll(notes, { timeout: 40_000 }).toEqual([]);
  await admin.expect('POST', '/sync/pause');
  expect(await notes()).toEqual(['paused']);
  await admin.expect('POST', '/sync/resume');
  await admin.expect('POST', '/setup/disconnect');
  expect((await explain('SKU-1')).summary).toMatch(
    /Lightspeed is not connected; listings stand as they were \d+ seconds ago/,
  );
});
