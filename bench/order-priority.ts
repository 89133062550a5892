import { Writable } from 'node:stream';
import { pino } from 'pino';
import { startApi } from '../api/start-api.ts';
import { createShop } from '../tests/shop.ts';
import { bundleWorkflows } from '../worker/bundle-workflows.ts';
import { startWorkers } from '../worker/start-workers.ts';
import type { BenchOptions } from './main.ts';
import { openBench, platformKey } from './open-bench.ts';
import { buyer, sellOrder, shipped } from './sell-order.ts';

/** The till's clock runs so much faster; what we measure of ours counts as much more. */
const timeScale = 5;

/**
 * Orders one after another during the first pull of a large account, under the real limiter: how long the calls of each
 * wait for the rate limit, in seconds of the till's clock. Goal: under 2.
 */
export async function orderPriority({ items = 20_000, orders = 8 }: BenchOptions): Promise<Record<string, unknown>> {
  const bench = await openBench({ timeScale });
  const waits: number[] = [];
  const log = pino({ level: 'debug' }, new Writable({ write: (chunk, _encoding, done) => (noteWait(chunk), done()) }));
  const workers = await startWorkers({ ...bench, log, workflowBundle: await bundleWorkflows() });
  const api = await startApi(bench);
  const shop = await createShop(api.url, bench.sandbox, 'priority', platformKey, { items });
  await shop.setUp({ pricing: { enabled: false } });
  const seconds: number[] = [];
  let isPulling = true;
  for (let order = 0; order < orders && isPulling; order += 1) {
    waits.length = 0;
    await sellOrder(shop, String(1_000 + order), { ...buyer(`new-${order}@example.com`), ...shipped });
    isPulling = await isPullRunning(shop);
    if (isPulling) seconds.push((waits.reduce((sum, wait) => sum + wait, 0) * timeScale) / 1_000);
  }
  const refused = bench.sandbox.world.log.counters()['status.429'] ?? 0;
  await api.close();
  await workers.shutdown();
  await bench.close();
  if (seconds.length === 0) throw new Error('the pull was over before the first order: give it more items');
  const rounded = (value: number) => Number(value.toFixed(2));
  return { items, ordersDuringPull: seconds.length, maxSeconds: rounded(Math.max(...seconds)), refused };

  function noteWait(chunk: Buffer): void {
    const { priority, waitedMs } = JSON.parse(chunk.toString('utf8')) as { priority?: string; waitedMs?: number };
    if (priority === 'order' && waitedMs !== undefined) waits.push(waitedMs);
  }
}

async function isPullRunning(shop: Awaited<ReturnType<typeof createShop>>): Promise<boolean> {
  const { runs } = await shop.admin.expect('GET', '/sync/runs');
  return (runs as { state: string }[]).some(({ state }) => state === 'running');
}
