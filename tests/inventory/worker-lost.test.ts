import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { eq } from 'drizzle-orm';
import { inject } from 'vitest';
import { startApi } from '../../api/start-api.ts';
import { syncRuns } from '../../db/schema/inventory.ts';
import { readConfig, readEnvironment } from '../../runtime/config.ts';
import { createLogger } from '../../runtime/logger.ts';
import { createInventorySchedules } from '../../temporal/inventory-schedules.ts';
import { taskQueues } from '../../temporal/task-queues.ts';
import { createShop } from '../shop.ts';
import { platformKey } from '../stack-test.ts';
import { eventually } from './eventually.ts';
import type { Stockroom } from './inventory-test.ts';
import { test as base, fillStockroom } from './inventory-test.ts';

/** With workflows bundled beforehand, so that it is ready soon. */
const workerScript = resolve(import.meta.dirname, '../../bench/faults/worker.ts');

/** A stockroom behind an API whose workers are processes of their own, which a test starts and kills. */
const test = base.extend<{ queue: string; startWorker: () => Promise<ChildProcess>; remote: Stockroom }>({
  queue: async ({}, use) => use(`test-${randomBytes(4).toString('hex')}`),
  startWorker: async ({ app, queue }, use) => {
    const workers: ChildProcess[] = [];
    await use(async () => {
      const env = {
        ...readEnvironment(),
        ...app.environment,
        TASK_QUEUE: queue,
        LOG_LEVEL: 'error',
        LIGHTSPEED_TIMEOUT_MS: '10000',
      };
      const worker = spawn(process.execPath, [workerScript, inject('stack').bundlePath], {
        env,
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      workers.push(worker);
      await once(worker.stdout, 'data'); // it says when it is ready
      return worker;
    });
    for (const worker of workers) worker.kill('SIGKILL');
  },
  remote: async ({ app, queue, sandbox, temporal }, use) => {
    const config = readConfig({ ...app.environment, TASK_QUEUE: queue });
    const api = await startApi({ config, log: createLogger('test', config.LOG_LEVEL) });
    const shop = await createShop(api.url, sandbox, `shop-${queue}`, platformKey);
    await use(
      await fillStockroom(shop, { temporal, schedules: createInventorySchedules(temporal, taskQueues(queue)) }, 430),
    );
    await api.close();
  },
});

const signals = [
  ['killed', 'SIGKILL'],
  ['frozen', 'SIGSTOP'],
] as const;

// While the worker waits for a page of the first full pull. What is edited in the till meanwhile counts once.
test.concurrent.for(signals)(
  'a worker %s in mid-pull is relieved by another, which goes on from its page; late pages are refused',
  {
    timeout: 180_000,
  },
  async ([, signal], { remote: stockroom, startWorker, sandbox, db, expect }) => {
    const first = await startWorker();
    const { itemIds, accountId } = stockroom;
    // While the third page is answered: an item already read, one still to come, a new one, and one gone.
    const edits = [
      { method: 'PATCH', path: `items/${itemIds[0]}`, body: { prices: { Default: '11' } } },
      { method: 'PUT', path: 'stock', body: { itemId: itemIds[0], shopId: '1', qoh: 1 } },
      { method: 'PATCH', path: `items/${itemIds[400]}`, body: { prices: { Default: '12' } } },
      { method: 'PATCH', path: `items/${itemIds[1]}`, body: { archived: true } },
    ];
    const page = { method: 'GET', path: 'Item', query: 'sort=itemID' };
    await stockroom.breakTill({ ...page, fault: { kind: 'edit', edits }, nth: 3 });
    await stockroom.breakTill({ ...page, fault: { kind: 'latency', ms: 1_500 }, nth: 4 });
    const opening = stockroom.open();
    await eventually(async () => (sandbox.world.faults.list().some(isHit(accountId)) ? true : null));
    const [pull] = (await stockroom.admin.expect('GET', '/sync/runs'))['runs'] as Record<string, unknown>[];
    expect(pull).toMatchObject({ state: 'running', pagesExpected: 5, secondsLeft: expect.any(Number) as number });
    first.kill(signal);
    // Frozen for longer than its heartbeat may be late; then it goes on with what it was at, and is refused.
    if (signal === 'SIGSTOP') setTimeout(() => first.kill('SIGCONT'), 25_000);
    await startWorker();
    const run = await opening;
    expect(run).toMatchObject({ state: 'succeeded', itemsSeen: 470, pages: 5 });
    const [{ fence } = { fence: 0 }] = await db.select().from(syncRuns).where(eq(syncRuns.id, run.id));
    expect(fence).toBeGreaterThanOrEqual(3); // claimed by both workers, and once more for a second look at what is missing
    const pages = sandbox.world.log.list().filter(({ path }) => path.includes(`/${accountId}/`) && isPullPage(path));
    // Five pages, the fourth once more, and perhaps the third, which was being written while the fourth was asked for; one
    // that was frozen may also have asked for its next.
    expect(pages.length).toBeLessThanOrEqual(signal === 'SIGKILL' ? 7 : 9);
    await stockroom.poll();
    const shown = new Map((await stockroom.listings()).map((one) => [one.sku, one]));
    expect(shown.size).toBe(430);
    expect(shown.get('SKU-1')).toMatchObject({ displayed: true, quantity: 1, price: '11.00' });
    expect(shown.get('SKU-2')).toMatchObject({ displayed: false, reason: 'archived' });
    expect(shown.get('SKU-401')).toMatchObject({ displayed: true, quantity: 5, price: '12.00' });
    const usual = [...shown.values()].filter(({ sku }) => !['SKU-1', 'SKU-2', 'SKU-401'].includes(sku));
    expect(new Set(usual.map(({ displayed, quantity, price }) => `${displayed} ${quantity} ${price}`))).toEqual(
      new Set(['true 5 10.00']),
    );
  },
);

function isHit(accountId: string) {
  return ({ rule, hits }: { rule: { account?: number | undefined; fault: { kind: string } }; hits: number }) =>
    rule.account === Number(accountId) && rule.fault.kind === 'latency' && hits > 0;
}

function isPullPage(path: string): boolean {
  return path.includes('/Item.json') && path.includes('sort=itemID');
}
