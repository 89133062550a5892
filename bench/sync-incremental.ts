import { startApi } from '../api/start-api.ts';
import { createShop } from '../tests/shop.ts';
import { bundleWorkflows } from '../worker/bundle-workflows.ts';
import { startWorkers } from '../worker/start-workers.ts';
import type { BenchOptions } from './main.ts';
import { median, openBench, platformKey } from './open-bench.ts';

const changed = 100;
const perPush = 1_000;
/** A poll reads the last seconds before the one before it again: with a pause between them these hold nothing, as in real life. */
const overlapMs = 6_500;

type Bench = Awaited<ReturnType<typeof openBench>>;

/**
 * A poll that finds 100 items changed in one shop each, in a catalogue of `items` and in one of a tenth, in turn. Goals:
 * `calls` ≤ 5, and `ratio`, the large one's time to the small one's, ≤ 1.3: work grows with the changes alone.
 */
export async function syncIncremental({ items = 100_000, runs = 7 }: BenchOptions): Promise<Record<string, unknown>> {
  const bench = await openBench();
  const workers = await startWorkers({ ...bench, workflowBundle: await bundleWorkflows() });
  const api = await startApi(bench);
  const small = await openCatalogue(bench, api.url, Math.round(items / 10));
  const large = await openCatalogue(bench, api.url, items);
  const times = { small: [] as number[], large: [] as number[] };
  let calls = 0;
  for (let run = 0; run < runs + 2; run += 1) {
    await new Promise((resolve) => setTimeout(resolve, overlapMs));
    const [one, other] = [await small.poll(run), await large.poll(run)];
    if (run < 2) continue; // warming up
    times.small.push(one.ms);
    times.large.push(other.ms);
    calls = Math.max(calls, one.calls, other.calls);
  }
  await api.close();
  await workers.shutdown();
  await bench.close();
  const [smallMs, largeMs] = [median(times.small), median(times.large)];
  return { items, changed, runs, calls, smallMs, largeMs, ratio: Number((largeMs / smallMs).toFixed(2)) };
}

/** A retailer whose whole till of `items`, in two mapped shops, is on sale in its web shop: read and decided. */
async function openCatalogue(bench: Bench, url: string, items: number) {
  const shop = await createShop(url, bench.sandbox, `bench-${items}`, platformKey, { items });
  const books = bench.sandbox.world.accounts.get(Number(shop.accountId))!;
  const sold = [...books.items.all()].filter(({ archived }) => !archived);
  for (let from = 0; from < sold.length; from += perPush) {
    const page = sold.slice(from, from + perPush).map((item) => ({
      sku: `SKU-${item.itemID}`,
      description: item.description,
      ...(item.upc && { gtin1: item.upc }),
      ...(item.ean && { gtin2: item.ean }),
      ...(item.manufacturerSku && { mpn: item.manufacturerSku }),
    }));
    await shop.storefront.expect('PUT', '/catalog/items', { items: page });
  }
  await shop.setUp({ importSettings: { onHand: true, onOrder: true, reorder: true } });
  await endOf(() => newestRun(shop, 'full'));
  // Mapped and in stock in shop 1, spread over the catalogue; each run changes others.
  const stocked = sold.filter(({ itemID, upc }) => upc && itemID % 31 !== 0 && itemID % 9 !== 0 && itemID % 100 < 98);
  const asked = () => bench.sandbox.world.log.counters()['requests'] ?? 0;
  return {
    async poll(run: number): Promise<{ ms: number; calls: number }> {
      const step = Math.floor(stocked.length / changed);
      for (let place = 0; place < changed; place += 1) {
        const { itemID } = stocked[(place * step + run) % stocked.length]!;
        await shop.till.setStock({ itemId: String(itemID), shopId: '1', qoh: 50 + run });
      }
      // The simulator puts changed rows in order for the first who asks, and takes the longer the more it holds.
      books.itemShops.order('timeStamp')?.rows();
      const before = asked();
      const { runId } = await shop.admin.expect('POST', '/sync/run');
      const ended = await endOf(() => shop.admin.expect('GET', `/sync/runs/${String(runId)}`));
      if (ended['state'] !== 'succeeded' || ended['listingsChanged'] !== changed) {
        throw new Error(`the run ended otherwise: ${JSON.stringify(ended)}`);
      }
      const ms = Date.parse(String(ended['endedAt'])) - Date.parse(String(ended['startedAt']));
      return { ms, calls: asked() - before };
    },
  };
}

async function newestRun(shop: Awaited<ReturnType<typeof createShop>>, mode: string) {
  const { runs } = await shop.admin.expect('GET', '/sync/runs?limit=20');
  return (runs as Record<string, unknown>[]).find((run) => run['mode'] === mode) ?? { state: 'running' };
}

async function endOf(read: () => Promise<Record<string, unknown>>): Promise<Record<string, unknown>> {
  for (;;) {
    const run = await read();
    if (run['state'] !== 'running') return run;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
