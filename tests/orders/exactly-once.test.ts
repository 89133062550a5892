import postgres from 'postgres';
import { vi } from 'vitest';
import { countBooks } from '../../bench/faults/count-books.ts';
import { openFaultyShop, placeOrder } from '../../bench/faults/web-orders.ts';
import type { Fault } from '../../sandbox/r-series/faults/fault.ts';
import { seededRandom } from '../../sandbox/r-series/random.ts';
import { test } from '../stack-test.ts';

const lateMs = 900;

/** What can become of a write. The settle window is longer than the latest commit, as it must be. */
const writeFaults: Fault[] = [
  { kind: 'status', status: 500, when: 'before-commit' },
  { kind: 'status', status: 500, when: 'after-commit' },
  { kind: 'status', status: 503, when: 'before-commit' },
  { kind: 'html', status: 502, when: 'after-commit' },
  { kind: 'reset', when: 'before-commit' },
  { kind: 'reset', when: 'after-commit' },
  { kind: 'late-commit', status: 504, commitAfterMs: lateMs },
  { kind: 'truncated-json' },
  { kind: 'rate-limit', retryAfterSeconds: 0.2 },
  { kind: 'latency', ms: 2_300 }, // longer than a call may take: booked, and nobody waits for the answer
];
const readFaults: Fault[] = [
  { kind: 'status', status: 503, when: 'before-commit' },
  { kind: 'reset', when: 'before-commit' },
  { kind: 'truncated-json' },
  { kind: 'rate-limit', retryAfterSeconds: 0.2 },
];

/** Every call that an export makes. */
const calls: [method: string, path: string, faults: Fault[]][] = [
  ['GET', 'TaxCategory', readFaults],
  ['GET', 'Employee', readFaults],
  ['GET', 'Sale', readFaults],
  ['GET', 'Customer', readFaults],
  ['POST', 'Customer', writeFaults],
  ['POST', 'Sale', writeFaults],
  ['PUT', 'Sale/*', writeFaults],
];

/** By `place`, as `openFaultyShop` has them. */
const tills = [
  [0, 'a till that answers in one POST'],
  [2, 'a till that ignores the reference filter'],
  [3, 'a till whose prices include tax, so that a sale is opened, read and completed'],
  [11, 'one that does both'],
] as const;

const orderCount = 16;

test.concurrent.for(tills)(
  'whatever fails, at every step in every way, an order gives one sale, one customer, and moves stock once (R24, R30, R32): %$',
  { timeout: 120_000 },
  async ([place], { app, sandbox, databaseUrl, expect }) => {
    const shop = await openFaultyShop({ apiUrl: app.url, sandbox }, place);
    const account = Number(shop.accountId);
    const { faults } = sandbox.world;
    const armed = calls.flatMap(([method, path, list]) =>
      list.map((fault, turn) => faults.add({ fault, method, path, account, nth: turn + 1, count: 1, probability: 1 })),
    );
    const random = seededRandom(place, 'exactly-once');
    const numbers = Array.from({ length: orderCount }, (_, number) => number);
    const orders = await Promise.all(numbers.map((number) => placeOrder(shop, number, random)));
    const sql = postgres(databaseUrl, { max: 1 });
    await vi.waitFor(
      async () => {
        const left = await sql`
          select order_id, state, message from order_exports where tenant = ${shop.tenant} and state <> 'exported'`;
        if (left.length > 0) throw new Error(JSON.stringify(left));
      },
      { timeout: 100_000, interval: 100 },
    );
    const count = await countBooks({ sandbox, sql }, [shop], orders);
    await sql.end();
    expect(count).toMatchObject({
      sales: orderCount,
      duplicates: 0,
      lost: 0,
      openSales: 0,
      customersDoubled: 0,
      stockWrong: 0,
      ledgerWrong: 0,
    });
    const isInclusive = place % 4 === 3;
    const idle = faults
      .list()
      .filter(({ id, hits, rule }) => armed.includes(id) && hits === 0 && (isInclusive || rule.method !== 'PUT'));
    expect(idle.map(({ rule }) => `${rule.method} ${rule.path} ${rule.fault.kind}`)).toEqual([]);
  },
);
