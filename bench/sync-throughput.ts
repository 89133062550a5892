import postgres from 'postgres';
import { createKeyRing } from '../runtime/key-ring.ts';
import { connectTemporal } from '../temporal/connect-temporal.ts';
import { createInventorySchedules } from '../temporal/inventory-schedules.ts';
import { taskQueues } from '../temporal/task-queues.ts';
import { startWorkers } from '../worker/start-workers.ts';
import { copyPages } from './baseline/copy-pages.ts';
import type { BenchOptions } from './main.ts';
import { median } from './open-bench.ts';
import { forgetPulls } from './static-till/forget-pulls.ts';
import { openStaticShop } from './static-till/open-static-shop.ts';
import { pullEnded } from './static-till/pull-ended.ts';

const rounds = 3;

/**
 * A full sync, to committed staging (goal: ≤ 1.2) and to published listings (≤ 2.0), against fetching the same pages,
 * JSON.parse and COPY into one table. The first of each warms up; every round begins with empty tables.
 */
export async function syncThroughput({ items = 100_000 }: BenchOptions): Promise<Record<string, unknown>> {
  const opened = await openStaticShop(items, startWorkers);
  const { bench, shop, till } = opened;
  const sql = postgres(bench.databaseUrl, { max: 2, onnotice: () => {} });
  const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace } = bench.config;
  const temporal = await connectTemporal({ address, namespace }, createKeyRing(bench.config.SECRET_KEYS));
  const schedules = createInventorySchedules(temporal.client, taskQueues(bench.config.TASK_QUEUE));
  await shop.admin.expect('POST', '/setup/complete');
  await pullEnded(sql, 1);
  const times = { copy: [] as number[], pull: [] as number[], sync: [] as number[] };
  let listings = 0;
  for (let round = 0; round <= rounds; round += 1) {
    const copyMs = await copyPages(till, sql, items);
    await forgetPulls(sql);
    await schedules.startFullPull(shop.tenant, 'person');
    const run = await pullEnded(sql, round + 2);
    if (run.items !== items) throw new Error(`pulled ${run.items} of ${items} items`);
    listings = run.listings;
    if (round === 0) continue;
    times.copy.push(copyMs);
    times.pull.push(run.pullMs);
    times.sync.push(run.syncMs);
  }
  await temporal.close();
  await sql.end();
  await opened.close();
  const [copyMs, pullMs, syncMs] = [median(times.copy), median(times.pull), median(times.sync)];
  return {
    items,
    listings,
    copyMs: Math.round(copyMs),
    pullMs: Math.round(pullMs),
    syncMs: Math.round(syncMs),
    pull: Number((pullMs / copyMs).toFixed(2)),
    ratio: Number((syncMs / copyMs).toFixed(2)),
  };
}
