import { expect } from 'vitest';
import { generateBikeShop } from '../../sandbox/r-series/seed/generate-bike-shop.ts';
import type { Shop } from '../shop.ts';
import { test } from '../stack-test.ts';

const till = generateBikeShop({ seed: 1, items: 40 }).items;
/** An item of the till that bears a manufacturer SKU only. */
const byMpn = till.find(({ upc, ean, manufacturerSku }) => upc === '' && ean === '' && manufacturerSku !== '')!;
const other = till.find(({ upc, prices }) => upc !== '' && prices.standard !== '0')!;
/** The same MPN under another brand: it must wait for a person. */
const doubtful = { sku: 'DOUBT', description: 'Perhaps', brand: 'Marlow', mpn: byMpn.manufacturerSku };
const keyless = { sku: 'BARE', description: 'No keys at all' };

async function stateOf(shop: Shop, sku: string): Promise<string> {
  const { mappings } = await shop.admin.expect('GET', `/mappings?q=${sku}`);
  const [found] = mappings as { state: string; itemId: string | null }[];
  return found ? `${found.state} ${found.itemId ?? '-'}` : 'none';
}

const decide = (shop: Shop, decision: Record<string, unknown>) =>
  shop.admin.call('POST', '/mappings/decisions', { decisions: [decision] });

test('R20: a possible match waits for a yes or no, which is remembered, wins over the codes, and can be undone', async ({
  shop,
}) => {
  await shop.storefront.expect('PUT', '/catalog/items', { items: [doubtful, keyless] });
  await shop.setUp();
  const doubt = () => stateOf(shop, 'DOUBT');
  await expect.poll(doubt, { timeout: 40_000 }).toBe('pending -');
  const itemId = String(byMpn.itemID);
  expect((await decide(shop, { sku: 'DOUBT', action: 'reject', itemId })).status).toBe(202);
  await expect.poll(doubt, { timeout: 40_000 }).toBe('rejected -');
  await decide(shop, { sku: 'DOUBT', action: 'undo', itemId });
  await expect.poll(doubt, { timeout: 40_000 }).toBe('pending -');
  const report = await shop.admin.text('GET', '/mappings/report.csv');
  expect(report).toContain(`the brand differs.",,,,,,,${210_000_000_000 + byMpn.itemID} ${byMpn.description}`);
  expect(report).toContain('It may be catalogue item DOUBT');
  await decide(shop, { sku: 'DOUBT', action: 'accept', itemId });
  await expect.poll(doubt, { timeout: 40_000 }).toBe(`manual ${itemId}`);
  await shop.storefront.expect('PUT', '/catalog/items', { items: [{ ...doubtful, mpn: 'SOMETHING-ELSE' }] });
  const { runId } = await shop.admin.expect('POST', '/sync/run');
  const run = async () => (await shop.admin.expect('GET', `/sync/runs/${String(runId)}`))['state'];
  await expect.poll(run, { timeout: 40_000 }).toBe('succeeded');
  expect(await doubt()).toBe(`manual ${itemId}`);
  await decide(shop, { sku: 'BARE', action: 'map', itemId: String(other.itemID) });
  await expect.poll(() => stateOf(shop, 'BARE'), { timeout: 40_000 }).toBe(`manual ${other.itemID}`);
  await decide(shop, { sku: 'BARE', action: 'unmap' });
  await expect.poll(() => stateOf(shop, 'BARE'), { timeout: 40_000 }).toBe('missing-keys -');
});

test('R20: a decision that can not hold is refused by its field, and nothing of the call is kept', async ({ shop }) => {
  await shop.storefront.expect('PUT', '/catalog/items', { items: [doubtful, keyless] });
  await shop.setUp();
  await expect.poll(() => stateOf(shop, 'DOUBT'), { timeout: 40_000 }).toBe('pending -');
  const itemId = String(byMpn.itemID);
  const both = ['DOUBT', 'BARE'].map((sku) => ({ sku, action: 'map', itemId }));
  const shared = await shop.admin.call('POST', '/mappings/decisions', { decisions: both });
  expect(shared).toMatchObject({ status: 422, body: { code: 'choice-unusable' } });
  expect(String(shared.body['detail'])).toContain('BARE and DOUBT');
  expect(await decide(shop, { sku: 'BARE', action: 'accept', itemId })).toMatchObject({
    status: 422,
    body: { code: 'unknown-item' },
  });
  expect(await decide(shop, { sku: 'BARE', action: 'map', itemId: '999999' })).toMatchObject({
    status: 422,
    body: { code: 'unknown-item' },
  });
  expect(await decide(shop, { sku: 'NOBODY', action: 'undo' })).toMatchObject({
    status: 422,
    body: { code: 'unknown-item' },
  });
  expect(await decide(shop, { sku: 'DOUBT', action: 'reject', itemId: '999999' })).toMatchObject({
    status: 422,
    body: { code: 'unknown-item' },
  });
  for (const action of ['reject', 'unmap']) {
    expect(await decide(shop, { sku: 'BARE', action })).toMatchObject({
      status: 409,
      body: { code: 'nothing-to-decide' },
    });
  }
  expect(await stateOf(shop, 'DOUBT')).toBe('pending -');
});
