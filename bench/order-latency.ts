import { startApi } from '../api/start-api.ts';
import { createShop } from '../tests/shop.ts';
import { bundleWorkflows } from '../worker/bundle-workflows.ts';
import { startWorkers } from '../worker/start-workers.ts';
import { startBaseline } from './baseline/start-baseline.ts';
import type { BenchOptions } from './main.ts';
import { median, openBench, platformKey } from './open-bench.ts';

/** From the HTTP call "paid" to the sale in the till's books, against a bare workflow of 4 steps. Goal: ≤ 1.5. */
export async function orderLatency({ runs = 40 }: BenchOptions): Promise<Record<string, unknown>> {
  const bench = await openBench();
  const workers = await startWorkers({ ...bench, workflowBundle: await bundleWorkflows() });
  const baseline = await startBaseline(bench.config);
  const api = await startApi(bench);
  const shop = await createShop(api.url, bench.sandbox, 'latency', platformKey);
  await shop.setUp({ pricing: { enabled: false } });
  const books = bench.sandbox.world.accounts.get(Number(shop.accountId))!;
  const placedAt = '2030-01-01T10:00:00Z';
  const sell = async (orderId: string) => {
    const lines = [{ lineId: '1', sku: 'ANY', description: 'A thing', quantity: 1, unitPrice: '12.00' }];
    await shop.storefront.expect('PUT', `/orders/${orderId}`, {
      placedAt,
      updatedAt: placedAt,
      currency: 'USD',
      total: '12.00',
      lines,
    });
    await settled(shop, orderId);
    const startedAt = performance.now();
    await shop.storefront.expect('POST', `/orders/${orderId}/paid`, {
      paymentId: orderId,
      amount: '12.00',
      method: 'card',
      capturedAt: placedAt,
    });
    while (!books.sales.by('referenceNumber', orderId).some((sale) => sale.completed)) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    return performance.now() - startedAt;
  };
  const times = { order: [] as number[], bare: [] as number[] };
  for (let run = 0; run < runs + 3; run += 1) {
    const order = await sell(String(10_000 + run));
    const bare = await baseline.run();
    if (run < 3) continue; // warming up
    times.order.push(order);
    times.bare.push(bare);
  }
  await api.close();
  await baseline.close();
  await workers.shutdown();
  await bench.close();
  const [orderMs, bareMs] = [median(times.order), median(times.bare)];
  return {
    runs,
    orderMs: Math.round(orderMs),
    bareMs: Math.round(bareMs),
    ratio: Number((orderMs / bareMs).toFixed(2)),
  };
}

/** Waits until the order's run has gone to sleep, so that what is measured begins with the call. */
async function settled(shop: Awaited<ReturnType<typeof createShop>>, orderId: string): Promise<void> {
  for (;;) {
    const { message } = await shop.storefront.expect('GET', `/orders/${orderId}`);
    if (String(message).startsWith('Unbalanced')) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await new Promise((resolve) => setTimeout(resolve, 50));
}
