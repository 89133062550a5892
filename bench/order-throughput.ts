import { eq, sql } from 'drizzle-orm';
import { startApi } from '../api/start-api.ts';
import { openDatabase } from '../db/database.ts';
import { orderExports } from '../db/schema/orders.ts';
import type { Shop } from '../tests/shop.ts';
import { createShop } from '../tests/shop.ts';
import { bundleWorkflows } from '../worker/bundle-workflows.ts';
import { startWorkers } from '../worker/start-workers.ts';
import { startBaseline } from './baseline/start-baseline.ts';
import type { BenchOptions } from './main.ts';
import { openBench, platformKey } from './open-bench.ts';

const tenantCount = 20;
/** Calls that the storefronts keep open together. */
const openCalls = 40;
const placedAt = '2030-01-01T10:00:00Z';

/**
 * Paid orders of 20 tenants at once, from the first *paid* to the last sale; as many bare workflows, half of them before
 * and half of them after, so that a machine that grows slower or faster meanwhile favours neither.
 * Goals: orders per second at least 0.6 of the bare workflows', the slowest tenant's mean at most twice the fastest's.
 */
export async function orderThroughput({ orders = 1_000 }: BenchOptions): Promise<Record<string, unknown>> {
  const bench = await openBench();
  const { db, close: closeDatabase } = openDatabase(bench.databaseUrl);
  const workers = await startWorkers({ ...bench, workflowBundle: await bundleWorkflows() });
  const baseline = await startBaseline(bench.config);
  const api = await startApi(bench);
  const shops: Shop[] = [];
  for (let index = 0; index < tenantCount; index += 1) {
    const shop = await createShop(api.url, bench.sandbox, `tenant-${index}`, platformKey);
    await shop.setUp({ pricing: { enabled: false } });
    shops.push(shop);
  }
  const place = (count: number, from: number) =>
    Array.from({ length: count }, (_, index) => ({
      shop: shops[index % tenantCount]!,
      orderId: String(from + index),
    }));
  const warmUp = place(2 * tenantCount, 1);
  const paid = place(orders, 10_000);
  for (const some of [warmUp, paid]) await inTurns(some, (order) => arrive(order));
  await sell(warmUp);
  await together(2 * tenantCount, () => baseline.run());

  const half = Math.ceil(orders / 2);
  const bareBefore = await timed(() => together(half, () => baseline.run()));
  const { totalMs, meanMsByTenant } = await sell(paid);
  const bareMs = bareBefore + (await timed(() => together(orders - half, () => baseline.run())));

  await api.close();
  await baseline.close();
  await workers.shutdown();
  await closeDatabase();
  await bench.close();
  const means = [...meanMsByTenant.values()];
  const perSecond = (ms: number) => Number(((orders * 1_000) / ms).toFixed(1));
  return {
    orders,
    tenants: tenantCount,
    ordersPerSecond: perSecond(totalMs),
    barePerSecond: perSecond(bareMs),
    ratio: Number((bareMs / totalMs).toFixed(2)),
    fairness: Number((Math.max(...means) / Math.min(...means)).toFixed(2)),
  };

  /** Pays all of them at once; an order's time is from then to the till's own completion. */
  async function sell(placed: Placed[]): Promise<{ totalMs: number; meanMsByTenant: Map<string, number> }> {
    const startedAt = Date.now();
    await inTurns(placed, pay);
    for (;;) {
      const [row] = await db
        .select({ left: sql<number>`count(*)::int` })
        .from(orderExports)
        .where(
          sql`${orderExports.orderId} in ${placed.map(({ orderId }) => orderId)} and ${orderExports.state} <> 'exported'`,
        );
      if (row!.left === 0) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const sums = new Map<string, number[]>();
    let lastAt = 0;
    for (const shop of shops) {
      const rows = await db
        .select({ orderId: orderExports.orderId, exportedAt: orderExports.exportedAt })
        .from(orderExports)
        .where(eq(orderExports.tenant, shop.tenant));
      const own = new Set(placed.filter((each) => each.shop === shop).map(({ orderId }) => orderId));
      const times = rows.filter(({ orderId }) => own.has(orderId)).map(({ exportedAt }) => exportedAt!.getTime());
      lastAt = Math.max(lastAt, ...times);
      sums.set(
        shop.tenant,
        times.map((at) => at - startedAt),
      );
    }
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    return {
      totalMs: lastAt - startedAt,
      meanMsByTenant: new Map([...sums].map(([tenant, times]) => [tenant, mean(times)])),
    };
  }
}

interface Placed {
  shop: Shop;
  orderId: string;
}

async function arrive({ shop, orderId }: Placed): Promise<void> {
  await shop.storefront.expect('PUT', `/orders/${orderId}`, {
    placedAt,
    updatedAt: placedAt,
    currency: 'USD',
    total: '12.00',
    lines: [{ lineId: '1', sku: 'ANY', description: 'A thing', quantity: 1, unitPrice: '12.00' }],
  });
}

async function pay({ shop, orderId }: Placed): Promise<void> {
  const payment = { paymentId: orderId, amount: '12.00', method: 'card', capturedAt: placedAt };
  await shop.storefront.expect('POST', `/orders/${orderId}/paid`, payment);
}

/** Does all of them, in order, so many at a time. */
async function inTurns<T>(all: T[], work: (one: T) => Promise<void>): Promise<void> {
  const left = all.values();
  await together(openCalls, async () => {
    for (const one of left) await work(one);
  });
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

async function together(count: number, work: () => Promise<unknown>): Promise<void> {
  await Promise.all(Array.from({ length: count }, work));
}
