import { parseArgs } from 'node:util';
import { connectFaults } from './connect-faults.ts';
import { feedRead } from './feed-read.ts';
import { orderCost } from './order-cost.ts';
import { orderFaults } from './order-faults.ts';
import { orderLatency } from './order-latency.ts';
import { orderPriority } from './order-priority.ts';
import { orderThroughput } from './order-throughput.ts';
import { sdkPull } from './sdk-pull.ts';
import { syncBudget } from './sync-budget.ts';
import { syncFaults } from './sync-faults.ts';
import { syncIncremental } from './sync-incremental.ts';
import { syncMemory } from './sync-memory.ts';
import { syncTenants } from './sync-tenants.ts';
import { syncThroughput } from './sync-throughput.ts';

/** Each prints one line of JSON with its ratio to a baseline of the same run. */
const benchmarks: Record<string, { about: string; run: (options: BenchOptions) => Promise<Record<string, unknown>> }> =
  {
    'connect-faults': {
      about: 'random faults on connecting, refreshing, replacing, disconnecting (--runs 40 --seed 1)',
      run: connectFaults,
    },
    'feed-read': {
      about: 'reading listings by page over HTTP, against the bare driver (--items 100000)',
      run: feedRead,
    },
    'order-faults': {
      about: 'orders under random faults, one sale each by the books of the till (--orders 1000 --seed 1)',
      run: orderFaults,
    },
    'order-latency': { about: 'paid to sale in the till, against a bare workflow (--runs 40)', run: orderLatency },
    'order-cost': { about: "drips per order, by the sandbox's own count", run: orderCost },
    'order-priority': {
      about: 'how long the calls of orders wait for the rate limit during a full pull (--items 20000 --orders 8)',
      run: orderPriority,
    },
    'order-throughput': {
      about: 'paid orders of 20 tenants at once, against as many bare workflows (--orders 1000)',
      run: orderThroughput,
    },
    'sync-faults': { about: 'the sync under random faults and kills (--runs 300 --seed 1)', run: syncFaults },
    'sdk-pull': {
      about: 'a pull into PostgreSQL, against the npm client pulling the same pages into memory (--items 20000)',
      run: sdkPull,
    },
    'sync-budget': {
      about: 'a full pull through the real limiter, against what its drips must take (--items 20000)',
      run: syncBudget,
    },
    'sync-memory': {
      about: "a worker's peak memory during a full sync, against one of a tenth of the items (--items 100000)",
      run: syncMemory,
    },
    'sync-tenants': {
      about: 'no-change syncs of all tenants at once, against as many bare workflows (--tenants 300)',
      run: syncTenants,
    },
    'sync-throughput': {
      about: 'a full sync, against fetching and copying the same pages (--items 100000)',
      run: syncThroughput,
    },
    'sync-incremental': {
      about: 'a poll that finds 100 changed items, against one of a tenth of the catalogue (--items 100000 --runs 7)',
      run: syncIncremental,
    },
  };

export interface BenchOptions {
  items: number | undefined;
  runs: number | undefined;
  orders: number | undefined;
  tenants: number | undefined;
  /** Of what is random: the same seed gives the same faults. */
  seed: number | undefined;
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    items: { type: 'string' },
    runs: { type: 'string' },
    orders: { type: 'string' },
    tenants: { type: 'string' },
    seed: { type: 'string' },
  },
});
const [name] = positionals;
const chosen = name === undefined ? undefined : benchmarks[name];
if (!chosen) {
  if (name !== undefined) process.stdout.write(`There is no benchmark "${name}". There are:\n`);
  for (const [known, { about }] of Object.entries(benchmarks)) process.stdout.write(`  ${known.padEnd(16)} ${about}\n`);
  process.exit(name === undefined ? 0 : 1);
}
const count = (text: string | undefined) => (text === undefined ? undefined : Number(text));
const { items, runs, orders, tenants, seed } = values;
const result = await chosen.run({
  items: count(items),
  runs: count(runs),
  orders: count(orders),
  tenants: count(tenants),
  seed: count(seed),
});
process.stdout.write(`${JSON.stringify({ benchmark: name, ...result })}\n`);
process.exit(0);
