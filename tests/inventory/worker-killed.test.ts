import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { startApi } from '../../api/start-api.ts';
import { readConfig, readEnvironment } from '../../runtime/config.ts';
import { createLogger } from '../../runtime/logger.ts';
import { createInventorySchedules } from '../../temporal/inventory-schedules.ts';
import { taskQueues } from '../../temporal/task-queues.ts';
import { createShop } from '../shop.ts';
import { platformKey } from '../stack-test.ts';
import { eventually } from './eventually.ts';
import type { Stockroom } from './inventory-test.ts';
import { test as base, fillStockroom } from './inventory-test.ts';

/** A stockroom behind an API whose workers are processes of their own, which a test starts and kills. */
const test = base.extend<{ queue: string; startWorker: () => ChildProcess; remote: Stockroom }>({
  queue: async ({}, use) => use(`test-${randomBytes(4).toString('hex')}`),
  startWorker: async ({ app, queue }, use) => {
    const workers: ChildProcess[] = [];
    await use(() => {
      const env = { ...readEnvironment(), ...app.environment, TASK_QUEUE: queue, LOG_LEVEL: 'error' };
      const worker = spawn(process.execPath, ['worker/main.ts'], { env, stdio: 'ignore' });
      workers.push(worker);
      return worker;
    });
    for (const worker of workers) worker.kill('SIGKILL');
  },
  remote: async ({ app, queue, sandbox, temporal }, use) => {
    const config = readConfig({ ...app.environment, TASK_QUEUE: queue });
    const api = await startApi({ config, log: createLogger('test', config.LOG_LEVEL) });
    const shop = await createShop(api.url, sandbox, `shop-${queue}`, platformKey);
    await use(await fillStockroom(shop, createInventorySchedules(temporal, taskQueues(queue)), 430));
    await api.close();
  },
});

test.concurrent.for(['SIGKILL', 'SIGSTOP'] as const)(
  'a worker that gets %s in mid-pull is relieved by another, which goes on from its page; edits meanwhile count once',
  { timeout: 120_000 },
  async (signal, { remote: stockroom, startWorker, sandbox, expect }) => {
    const first = startWorker();
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
    first.kill(signal);
    // Frozen for longer than its heartbeat may be late; then it goes on with what it was at, and is refused.
    if (signal === 'SIGSTOP') setTimeout(() => first.kill('SIGCONT'), 25_000);
    startWorker();
    expect(await opening).toMatchObject({ state: 'succeeded', itemsSeen: 470, pages: 5 });
    const pages = sandbox.world.log.list().filter(({ path }) => path.includes(`/${accountId}/`) && isPullPage(path));
    // Five pages, and the fourth once more; one that was frozen may also have asked for its next.
    expect(pages.length).toBeLessThanOrEqual(signal === 'SIGKILL' ? 6 : 8);
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
