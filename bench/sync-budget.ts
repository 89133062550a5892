import { Writable } from 'node:stream';
import { pino } from 'pino';
import postgres from 'postgres';
import { startApi } from '../api/start-api.ts';
import { createShop, webOrderExport } from '../tests/shop.ts';
import { bundleWorkflows } from '../worker/bundle-workflows.ts';
import { startWorkers } from '../worker/start-workers.ts';
import type { BenchOptions } from './main.ts';
import { openBench, platformKey } from './open-bench.ts';
import { buyer, sellOrder, shipped } from './sell-order.ts';
import { pullEnded } from './static-till/pull-ended.ts';

/** The till's clock, and with it the drip, runs so much faster. */
const timeScale = 20;
/** Of an account with one register; what bulk reads leave to orders. */
const bucket = { size: 90, dripsPerSecond: 1, orderReserve: 20 };

/**
 * A first full pull through the real limiter with an order exported in its middle. Goals: at most 1.05 of the time that
 * the drips it spent take, no 429, the order's calls wait under 2 s of the till's time.
 */
export async function syncBudget({ items = 20_000 }: BenchOptions): Promise<Record<string, unknown>> {
  const bench = await openBench({ timeScale });
  const waits: number[] = [];
  const log = pino({ level: 'debug' }, new Writable({ write: (chunk, _encoding, done) => (noteWait(chunk), done()) }));
  const workers = await startWorkers({ ...bench, log, workflowBundle: await bundleWorkflows() });
  const api = await startApi(bench);
  const shop = await createShop(api.url, bench.sandbox, 'budget', platformKey, { items, registers: 1 });
  await shop.setUp({
    pricing: { enabled: false },
    orderExport: { ...webOrderExport, registerId: '1' },
    complete: false,
  });
  await drained();
  const sql = postgres(bench.databaseUrl, { max: 1 });
  bench.sandbox.world.log.reset();
  await shop.admin.expect('POST', '/setup/complete');
  while ((await pagesOf(sql)) < items / 200) await new Promise((resolve) => setTimeout(resolve, 20));
  await sellOrder(shop, '1001', { ...buyer('new@example.com'), ...shipped });
  const pages = await pagesOf(sql);
  const run = await pullEnded(sql, 1);
  const { drips, 'status.429': refused = 0 } = bench.sandbox.world.log.counters();
  await sql.end();
  await api.close();
  await workers.shutdown();
  await bench.close();
  if (run.items !== items) throw new Error(`pulled ${run.items} of ${items} items`);
  if (pages >= items / 100) throw new Error('the pull was over before the order: give it more items');
  const seconds = (run.pullMs * timeScale) / 1_000;
  const leastSeconds = (drips! - (bucket.size - bucket.orderReserve)) / bucket.dripsPerSecond;
  const rounded = (value: number) => Number(value.toFixed(2));
  return {
    items,
    drips,
    tillSeconds: rounded(seconds),
    leastSeconds: rounded(leastSeconds),
    refused,
    orderWaitSeconds: rounded((waits.reduce((sum, wait) => sum + wait, 0) * timeScale) / 1_000),
    ratio: rounded(seconds / leastSeconds),
  };

  function noteWait(chunk: Buffer): void {
    const { priority, waitedMs } = JSON.parse(chunk.toString('utf8')) as { priority?: string; waitedMs?: number };
    if (priority === 'order' && waitedMs !== undefined) waits.push(waitedMs);
  }
}

/** Until the bucket that the wizard has filled is empty again. */
async function drained(): Promise<void> {
  const tillSeconds = bucket.size / bucket.dripsPerSecond;
  await new Promise((resolve) => setTimeout(resolve, (tillSeconds * 1_000) / timeScale));
}

async function pagesOf(sql: postgres.Sql): Promise<number> {
  const [run] = await sql<{ pages: number }[]>`select pages from sync_runs where mode = 'full'`;
  return run?.pages ?? 0;
}
