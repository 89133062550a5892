import { parseArgs } from 'node:util';
import { feedRead } from './feed-read.ts';
import { orderLatency } from './order-latency.ts';

/** Each prints one line of JSON with its ratio to a baseline of the same run. */
const benchmarks: Record<string, { about: string; run: (options: BenchOptions) => Promise<Record<string, unknown>> }> =
  {
    'feed-read': {
      about: 'reading listings by page over HTTP, against the bare driver (--items 100000)',
      run: feedRead,
    },
    'order-latency': { about: 'paid to sale in the till, against a bare workflow (--runs 40)', run: orderLatency },
  };

export interface BenchOptions {
  items: number | undefined;
  runs: number | undefined;
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { items: { type: 'string' }, runs: { type: 'string' } },
});
const [name] = positionals;
const chosen = name === undefined ? undefined : benchmarks[name];
if (!chosen) {
  if (name !== undefined) process.stdout.write(`There is no benchmark "${name}". There are:\n`);
  for (const [known, { about }] of Object.entries(benchmarks)) process.stdout.write(`  ${known.padEnd(16)} ${about}\n`);
  process.exit(name === undefined ? 0 : 1);
}
const count = (text: string | undefined) => (text === undefined ? undefined : Number(text));
const result = await chosen.run({ items: count(values.items), runs: count(values.runs) });
process.stdout.write(`${JSON.stringify({ benchmark: name, ...result })}\n`);
process.exit(0);
