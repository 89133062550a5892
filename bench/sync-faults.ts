import { seededRandom } from '../sandbox/r-series/random.ts';
import type { Disturbed } from './faults/disturb-sync.ts';
import { disturbSync, runOnce } from './faults/disturb-sync.ts';
import { makeTrouble } from './faults/make-trouble.ts';
import { openInstallation } from './faults/open-installation.ts';
import { openSyncShop, patiently, readShown, stateListings } from './faults/sync-shop.ts';
import type { BenchOptions } from './main.ts';
import { platformKey } from './open-bench.ts';

const goods = 230; // three pages of a pull
const shopsAtOnce = 6;
/** Longer than a step's heartbeat may be late: another worker has gone on by then. */
const freezeMs = 25_000;

/**
 * Runs of the sync under random faults of the till, of our processes, of Temporal and of the database: none may show what
 * is neither old nor right, and the next good run must give what an undisturbed one gives. At the end each shop is held
 * against a twin: a fresh tenant over a till with the same goods, synced once in quiet.
 */
export async function syncFaults({ runs = 300, seed = 1 }: BenchOptions): Promise<Record<string, unknown>> {
  const startedAt = performance.now();
  const installation = await openInstallation({
    seed,
    workers: 3,
    environment: { LIGHTSPEED_TIMEOUT_MS: '2000' },
  });
  const place = { ...installation, platformKey };
  const shops = await Promise.all(
    Array.from({ length: Math.min(shopsAtOnce, runs) }, (_, n) => openSyncShop(place, `shop-${n}`, goods)),
  );
  for (const shop of shops) await runOnce(shop, 'full', 120_000);

  const calm = new AbortController();
  const troubling = makeTrouble(installation, seededRandom(seed, 'trouble'), {
    freezeMs,
    pauseMs: 6_000,
    signal: calm.signal,
  });
  const done: Disturbed[] = [];
  await Promise.all(
    shops.map(async (shop, lane) => {
      const random = seededRandom(seed, `sync-faults ${lane}`);
      for (let number = lane; number < runs; number += shops.length) {
        const disturbed = await disturbSync(shop, random);
        done.push(disturbed);
        for (const line of [...disturbed.wrong, ...disturbed.unhealed]) {
          process.stderr.write(`${shop.tenant}, run ${number} (${disturbed.state}): ${line}\n`);
        }
        if (done.length % 25 === 0) process.stderr.write(`${done.length} of ${runs} runs\n`);
      }
    }),
  );
  calm.abort();
  const trouble = await troubling;
  await patiently(async () => {
    if (!(await fetch(`${installation.apiUrl}/readyz`)).ok) throw new Error('Not everything is back yet');
  });
  let twinsEqual = 0;
  for (const [n, shop] of shops.entries()) {
    const twin = await openSyncShop(place, `twin-${n}`, goods, shop);
    await runOnce(twin, 'full', 120_000);
    const [shown, undisturbed] = [await readShown(shop), await readShown(twin)];
    const other = [...stateListings(shop).keys()].filter(
      (sku) => (shown.get(sku) ?? null) !== (undisturbed.get(sku) ?? null),
    );
    if (other.length === 0) twinsEqual += 1;
    for (const sku of other) {
      process.stderr.write(`${shop.tenant} ${sku}: ${shown.get(sku)}; its twin: ${undisturbed.get(sku)}\n`);
    }
  }
  await installation.close();
  return {
    runs: done.length,
    equal: done.filter(({ unhealed }) => unhealed.length === 0).length,
    emptied: done.filter(({ emptied }) => emptied.length > 0).length,
    wrong: done.filter(({ wrong }) => wrong.length > 0).length,
    unexplained: done.filter(({ isUnexplained }) => isUnexplained).length,
    twins: shops.length,
    twinsEqual,
    seed,
    seconds: Math.round((performance.now() - startedAt) / 1_000),
    states: countBy(done.map(({ state }) => state ?? 'given-up')),
    faults: { ...sum(done.map(({ hits }) => hits)), ...trouble },
  };
}

function countBy(words: string[]): Record<string, number> {
  return sum(words.map((word) => ({ [word]: 1 })));
}

function sum(counts: Record<string, number>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const count of counts) for (const [name, n] of Object.entries(count)) total[name] = (total[name] ?? 0) + n;
  return total;
}
