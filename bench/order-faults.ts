import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom } from '../sandbox/r-series/random.ts';
import { countBooks } from './faults/count-books.ts';
import { makeTrouble } from './faults/make-trouble.ts';
import type { Installation } from './faults/open-installation.ts';
import { openInstallation } from './faults/open-installation.ts';
import { addTillFaults, countTillFaults } from './faults/till-faults.ts';
import type { FaultyShop, WebOrder } from './faults/web-orders.ts';
import { openFaultyShop, placeOrder } from './faults/web-orders.ts';
import type { BenchOptions } from './main.ts';

/** The till answers 504 and commits up to this much later; our settle window is longer, as it must be. */
const latestCommitMs = 2_000;
const timeoutMs = 1_500;
const postDeadlineMs = 2_500;
const settleWindowMs = 4_000;
/** Longer than the heartbeat's time-out, the deadline of a POST and the settle window together: others have gone on. */
const freezeMs = 25_000;
const ordersAtOnce = 12;
const roundMs = 30_000;
const mostMs = 10 * 60_000;

/**
 * Orders of several tenants under random faults of the till, of our processes, of Temporal and of the database: each must
 * end as one completed sale, by the till's own books (R24).
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
  const shops: FaultyShop[] = [];
  const tenants = Math.min(8, Math.max(4, Math.ceil(wanted / 100)));
  for (let place = 0; place < tenants; place += 1) shops.push(await openFaultyShop(installation, place));

  addTillFaults(faults, { latestCommitMs, timeoutMs });
  const calm = new AbortController();
  const troubling = makeTrouble(installation, seededRandom(seed, 'trouble'), {
    freezeMs,
    pauseMs: 3_000,
    signal: calm.signal,
  });
  const orders: WebOrder[] = [];
  // Paced, so that every kind of trouble meets orders at every step: few orders take a round of it.
  const paceMs = Math.max(1_600, roundMs / Math.ceil(wanted / ordersAtOnce));
  const send = async (lane: number) => {
    for (let number = lane; number < wanted; number += ordersAtOnce) {
      orders.push(await placeOrder(shops[number % shops.length]!, number, random));
      await delay(random.whole(0, Math.round(paceMs)));
    }
  };
  say('faults begin');
  await Promise.all(Array.from({ length: ordersAtOnce }, (_, lane) => send(lane)));
  say('all orders sent');
  calm.abort();
  const trouble = await troubling;
  say('trouble over');
  const left = await untilExported(installation, wanted, startedAt);
  say('all exported');
  await delay(latestCommitMs + 500); // the latest that the till may still commit
  const counted = await countBooks(installation, shops, orders);
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

/** Orders that are not exported when the time is up, with their words: none, if all is well. */
async function untilExported({ sql }: Installation, wanted: number, startedAt: number): Promise<string[]> {
  for (;;) {
    const rows = await sql<{ state: string; message: string; tenant: string; order_id: string }[]>`
      select tenant, order_id, state, message from order_exports`;
    const open = rows.filter(({ state }) => state !== 'exported');
    if (rows.length === wanted && open.length === 0) return [];
    if (performance.now() - startedAt > mostMs || open.some(({ state }) => state === 'attention')) {
      return open.map(({ tenant, order_id, state, message }) => `${tenant}/${order_id} ${state}: ${message}`);
    }
    await delay(250);
  }
}
