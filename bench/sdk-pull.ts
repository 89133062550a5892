import { join } from 'node:path';
import postgres from 'postgres';
import { createKeyRing } from '../runtime/key-ring.ts';
import { connectTemporal } from '../temporal/connect-temporal.ts';
import { createInventorySchedules } from '../temporal/inventory-schedules.ts';
import { taskQueues } from '../temporal/task-queues.ts';
import { startWorkers } from '../worker/start-workers.ts';
import { installSdk } from './baseline/sdk-client.ts';
import type { BenchOptions } from './main.ts';
import { median } from './open-bench.ts';
import { forgetPulls } from './static-till/forget-pulls.ts';
import { openStaticShop } from './static-till/open-static-shop.ts';
import { pullEnded } from './static-till/pull-ended.ts';

const rounds = 3;

/**
 * Our pull into PostgreSQL (to committed staging) against the npm client pulling the same pages into memory. Goal: ≤ 1.2.
 * Then what each of them has in the end, if one page in the middle is answered 429 once.
 */
export async function sdkPull({ items = 20_000 }: BenchOptions): Promise<Record<string, unknown>> {
  const opened = await openStaticShop(items, startWorkers);
  const { bench, shop, till } = opened;
  const pullWithSdk = await installSdk(join(bench.folder, 'sdk'), till);
  const sql = postgres(bench.databaseUrl, { max: 1, onnotice: () => {} });
  const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace } = bench.config;
  const temporal = await connectTemporal({ address, namespace }, createKeyRing(bench.config.SECRET_KEYS));
  const schedules = createInventorySchedules(temporal.client, taskQueues(bench.config.TASK_QUEUE));
  await shop.admin.expect('POST', '/setup/complete');
  await pullEnded(sql, 1);
  let pulls = 1;
  const pull = async () => {
    await forgetPulls(sql);
    await schedules.startFullPull(shop.tenant, 'person');
    pulls += 1;
    const { pullMs } = await pullEnded(sql, pulls);
    const [row] = await sql<{ count: number }[]>`select count(*)::int as count from pos_items`;
    return { ms: pullMs, items: row!.count };
  };
  const sdk = async () => {
    const startedAt = performance.now();
    const all = await pullWithSdk();
    return { ms: performance.now() - startedAt, items: all.length };
  };
  const times = { pull: [] as number[], sdk: [] as number[] };
  for (let round = 0; round <= rounds; round += 1) {
    const [theirs, ours] = [await sdk(), await pull()];
    if (ours.items !== items || theirs.items !== items)
      throw new Error(`pulled ${ours.items}, the SDK ${theirs.items}`);
    if (round === 0) continue; // warms both up
    times.sdk.push(theirs.ms);
    times.pull.push(ours.ms);
  }
  const middle = Math.floor(till.pages / 2);
  till.refusePage(middle);
  const theirs = await sdk();
  till.refusePage(middle);
  const ours = await pull();
  await temporal.close();
  await sql.end();
  await opened.close();
  const [pullMs, sdkMs] = [median(times.pull), median(times.sdk)];
  return {
    items,
    pullMs: Math.round(pullMs),
    sdkMs: Math.round(sdkMs),
    ratio: Number((pullMs / sdkMs).toFixed(2)),
    itemsWithOne429: { ours: ours.items, sdk: theirs.items },
  };
}
