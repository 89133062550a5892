import { startApi } from '../api/start-api.ts';
import type { Shop } from '../tests/shop.ts';
import { createShop, webOrderExport } from '../tests/shop.ts';
import { bundleWorkflows } from '../worker/bundle-workflows.ts';
import { startWorkers } from '../worker/start-workers.ts';
import { openBench, platformKey } from './open-bench.ts';
import { buyer, sellOrder, shipped } from './sell-order.ts';

/**
 * Drips per order of one line and one payment, as the sandbox counts them. Goals: pickup with a known customer 8.2, a new
 * one 11.2; shipped 10.2 and 13.2; opened, read and completed 2 more.
 */
export async function orderCost(): Promise<Record<string, unknown>> {
  const bench = await openBench();
  const workers = await startWorkers({ ...bench, workflowBundle: await bundleWorkflows() });
  const api = await startApi(bench);
  const shop = await createShop(api.url, bench.sandbox, 'cost', platformKey);
  await shop.setUp({ pricing: { enabled: false } });
  await untilPulled(shop);
  await mapGoods(shop);
  await exportWith(shop);
  const { log, accounts, changes } = bench.sandbox.world;
  let count = 0;
  const dripsOf = async (order: Record<string, unknown>): Promise<number> => {
    count += 1;
    log.reset();
    await sellOrder(shop, String(1_000 + count), order);
    return log.counters()['drips']!;
  };
  const known = buyer('known@example.com');
  await dripsOf(known); // reads the account's lists for all that follow
  const costs = {
    pickupKnown: await dripsOf(known),
    pickupNew: await dripsOf(buyer('new-1@example.com')),
    shippedKnown: await dripsOf({ ...known, ...shipped }),
    shippedNew: await dripsOf({ ...buyer('new-2@example.com'), ...shipped }),
  };
  const books = accounts.get(Number(shop.accountId))!;
  changes.run(() => {
    for (const category of books.taxCategories.all()) books.taxCategories.update(category, { isTaxInclusive: true });
  });
  await shop.storefront.expect('PUT', '/orders/again', { ...unpaid });
  await shop.admin.expect('POST', '/orders/again/retry'); // the account's lists are read anew
  await dripsOf(known);
  const openThenComplete = await dripsOf(known);
  await api.close();
  await workers.shutdown();
  await bench.close();
  return {
    ...costs,
    openThenComplete,
    openThenCompleteMore: Number((openThenComplete - costs.pickupKnown).toFixed(1)),
  };
}

/** What is sold, and what its shipping is booked on, are items of the till, as they are best set up. */
async function mapGoods(shop: Shop): Promise<void> {
  await shop.storefront.expect('PUT', '/catalog/items', { items: [{ sku: 'ANY', description: 'A thing' }] });
  const decisions = [{ sku: 'ANY', action: 'map', itemId: '1' }];
  await shop.admin.expect('POST', '/mappings/decisions', { decisions });
}

async function exportWith(shop: Shop): Promise<void> {
  await shop.admin.expect('PUT', '/setup/order-export', { ...webOrderExport, shippingItemId: '2' });
}

const placedAt = '2030-01-01T10:00:00Z';
const unpaid = {
  placedAt,
  updatedAt: placedAt,
  currency: 'USD',
  total: '12.00',
  lines: [{ lineId: '1', sku: 'ANY', quantity: 1, unitPrice: '12.00' }],
};

/** The first pull's calls are none of an order's. */
async function untilPulled(shop: Shop): Promise<void> {
  for (;;) {
    const { runs } = await shop.admin.expect('GET', '/sync/runs');
    const all = runs as { state: string }[];
    if (all.length > 0 && all.every(({ state }) => state !== 'running')) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
