import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../sandbox/r-series/random.ts';
import { seededRandom } from '../sandbox/r-series/random.ts';
import { countBooks } from './faults/count-books.ts';
import { makeTrouble } from './faults/make-trouble.ts';
import type { Installation } from './faults/open-installation.ts';
import { openInstallation } from './faults/open-installation.ts';
import { addTillFaults, countTillFaults } from './faults/till-faults.ts';
import type { WebOrder } from './faults/web-orders.ts';
import { openFaultyShop, placeOrder, refundOrder } from './faults/web-orders.ts';
import type { BenchOptions } from './main.ts';

/** The till answers 504 and commits up to this much later; our settle window is longer, as it must be. */
const latestCommitMs = 2_000;
const timeoutMs = 1_500;
const postDeadlineMs = 2_500;
const settleWindowMs = 4_000;
/** Longer than the heartbeat's time-out, the deadline of a POST and the settle window together: others have gone on. */
const freezeMs = 25_000;
const ordersAtOnce = 12;
const roundMs = 20_000;
const mostMs = 30 * 60_000;

/** Of the orders sent while the trouble still lasts long enough, how many are refunded once they are exported. */
const refundedShare = 0.4;
const refundedUpTo = 0.7;

/**
 * Orders of several tenants under random faults of the till, of our processes, of Temporal and of the database: each must
 * end as one completed sale, by the till's own books (R24), and each refund of one as one refund sale.
 */
export async function orderFaults({
  orders: wanted = 1_000,
  seed = 1,
}: Partial<Pick<BenchOptions, 'orders' | 'seed'>>): Promise<Record<string, unknown>> {
  const startedAt = performance.now();
  const say = (what: string) =>
    void process.stderr.write(`${Math.round((performance.now() - startedAt) / 1_000)} s: ${what}\n`);
  const random = seededRandom(seed, 'order-faults');
  const installation = await openInstallation({
    seed,
    workers: 3,
    environment: {
      LIGHTSPEED_TIMEOUT_MS: String(timeoutMs),
      POST_DEADLINE_MS: String(postDeadlineMs),
      SETTLE_WINDOW_MS: String(settleWindowMs),
    },
  });
  const { faults } = installation.sandbox.world;
  const tenants = Math.min(8, Math.max(4, Math.ceil(wanted / 100)));
  const shops = await Promise.all(Array.from({ length: tenants }, (_, place) => openFaultyShop(installation, place)));

  addTillFaults(faults, { latestCommitMs, timeoutMs });
  const calm = new AbortController();
  const troubling = makeTrouble(installation, seededRandom(seed, 'trouble'), {
    freezeMs,
    pauseMs: 3_000,
    signal: calm.signal,
  });
  const orders: WebOrder[] = [];
  const toRefund = new Set<WebOrder>();
  const sent = new AbortController();
  // Paced, so that every kind of trouble meets orders at every step: few orders take a round of it.
  const paceMs = Math.max(1_600, roundMs / Math.ceil(wanted / ordersAtOnce));
  const send = async (lane: number) => {
    for (let number = lane; number < wanted; number += ordersAtOnce) {
      const order = await placeOrder(shops[number % shops.length]!, number, random);
      orders.push(order);
      if (number < wanted * refundedUpTo && random.chance(refundedShare)) toRefund.add(order);
      await delay(random.whole(0, Math.round(paceMs)));
    }
  };
  say('faults begin');
  const refunding = refundExported(installation, toRefund, random, { signal: sent.signal, startedAt });
  await Promise.all(Array.from({ length: ordersAtOnce }, (_, lane) => send(lane)));
  sent.abort();
  say('all orders sent');
  calm.abort();
  const trouble = await troubling;
  say('trouble over');
  await refunding;
  const left = await untilExported(installation, wanted + toRefund.size, startedAt);
  say('all exported');
  await delay(latestCommitMs + 500); // the latest that the till may still commit
  const counted = await countBooks(installation, shops, orders, toRefund);
  const result = {
    orders: orders.length,
    ...counted,
    seed,
    tenants,
    seconds: Math.round((performance.now() - startedAt) / 1_000),
    faults: { ...countTillFaults(faults), ...trouble },
    ...(left.length > 0 && { left }),
  };
  await installation.close();
  return result;
}

/**
 * Refunds each of the orders as soon as it is exported: until all have been, or the time is up.
 * @param until aborted: no order comes to `wanted` any more.
 */
async function refundExported(
  { sql }: Installation,
  wanted: ReadonlySet<WebOrder>,
  random: Random,
  until: { signal: AbortSignal; startedAt: number },
): Promise<void> {
  const done = new Set<WebOrder>();
  while (performance.now() - until.startedAt < mostMs) {
    const isComplete = until.signal.aborted;
    const rows = await sql<{ tenant: string; order_id: string }[]>`
      select tenant, order_id from order_exports where state = 'exported'`;
    const exported = new Set(rows.map(({ tenant, order_id }) => `${tenant}/${order_id}`));
    const ready = [...wanted].filter(
      (order) => !done.has(order) && exported.has(`${order.shop.tenant}/${order.orderId}`),
    );
    await Promise.all(
      ready.map(async (order) => {
        await refundOrder(order, random);
        done.add(order);
      }),
    );
    if (isComplete && done.size === wanted.size) return;
    await delay(250);
  }
}

/** Orders and refunds that are not exported when the time is up, with their words: none, if all is well. */
async function untilExported({ sql }: Installation, wanted: number, startedAt: number): Promise<string[]> {
  for (;;) {
    const rows = await sql<{ state: string; message: string; tenant: string; order_id: string }[]>`
      select tenant, order_id, state, message from order_exports
      union all select tenant, order_id || ':' || refund_id, state, message from refunds`;
    const open = rows.filter(({ state }) => state !== 'exported');
    if (rows.length === wanted && open.length === 0) return [];
    if (performance.now() - startedAt > mostMs || open.some(({ state }) => state === 'attention')) {
      return open.map(({ tenant, order_id, state, message }) => `${tenant}/${order_id} ${state}: ${message}`);
    }
    await delay(250);
  }
}
