import type { Random } from '../../sandbox/r-series/random.ts';
import { faultName, randomReadFault } from './read-faults.ts';
import type { SyncShop } from './sync-shop.ts';
import { applyEdit, isDisplayed, patiently, randomEdit, readShown, stateListings } from './sync-shop.ts';

/** What one disturbed run did. */
export interface Disturbed {
  /** What still differed from an undisturbed run's listings when healing was given up; empty: they are the same. */
  unhealed: string[];
  /** Listings that the disturbed run hid although both before it and after it they should show. */
  emptied: string[];
  /** Listings that were neither as before nor as they should be, and what they were. */
  wrong: string[];
  /** The run's state; null if it hadn't ended when it was given up. */
  state: string | null;
  /** A failed run that doesn't say why. */
  isUnexplained: boolean;
  /** How often each fault hit. */
  hits: Record<string, number>;
}

interface RunView {
  state: string;
  errorMessage: string | null;
}

const runWithinMs = 60_000;
const healWithinMs = 180_000;

/**
 * Changes the till, has some of its answers spoiled, and runs the sync once: what is shown then must be as before or as
 * it should be. Once the faults are gone, a run must bring everything right.
 */
export async function disturbSync(shop: SyncShop, random: Random): Promise<Disturbed> {
  const { faults } = shop.sandbox.world;
  const account = Number(shop.accountId);
  const before = stateListings(shop);
  const edits = random.whole(1, 6);
  for (let n = 0; n < edits; n += 1) await applyEdit(shop, randomEdit(shop, random));
  const edited = stateListings(shop);
  const rules = Array.from({ length: random.whole(0, 3) }, () => randomReadFault(random, account));
  const ids = rules.map((rule) => faults.add(rule));
  const betweenPages = random.chance(0.4) ? randomEdit(shop, random) : null;
  if (betweenPages) {
    ids.push(
      faults.add({
        account,
        method: 'GET',
        path: 'Item',
        nth: random.whole(1, 3),
        count: 1,
        probability: 1,
        fault: { kind: 'edit', edits: [betweenPages] },
      }),
    );
  }
  const run = await runOnce(shop, random.chance(0.35) ? 'full' : 'poll', runWithinMs);
  const shown = await readShown(shop);
  const now = stateListings(shop);
  const skus = [...before.keys()];
  const wrong = skus.flatMap((sku) => {
    const words = shown.get(sku) ?? null;
    const right = [before, edited, now].map((stated) => stated.get(sku) ?? null);
    // To archive an item empties its stock: who reads the item before and the stock after finds it hidden already.
    const isHalfArchived = !isDisplayed(words) && right.at(-1) === null;
    if (right.includes(words) || isHalfArchived) return [];
    return [`${sku}: ${words ?? 'nothing'}; right: ${right.map((state) => state ?? 'nothing').join(' -> ')}`];
  });
  const emptied = skus.filter(
    (sku) => !isDisplayed(shown.get(sku)) && [before, edited, now].every((stated) => isDisplayed(stated.get(sku))),
  );
  const hits: Record<string, number> = {};
  for (const { id, rule, hits: count } of faults.list()) {
    if (!ids.includes(id) || count === 0) continue;
    const name = rule.fault.kind === 'edit' ? 'edit-between-pages' : faultName(rule.fault);
    hits[name] = (hits[name] ?? 0) + count;
  }
  faults.remove(ids);
  const unhealed = await heal(shop);
  const isUnexplained = run?.state === 'failed' && !run.errorMessage;
  return { unhealed, emptied, wrong, state: run?.state ?? null, isUnexplained, hits };
}

/**
 * Runs the sync until one run goes well and the listings are what the till's books give.
 * @returns what still differs when that has taken too long, with how the last run ended.
 */
async function heal(shop: SyncShop): Promise<string[]> {
  const deadline = performance.now() + healWithinMs;
  const stated = stateListings(shop);
  for (;;) {
    const run = await runOnce(shop, 'poll', runWithinMs);
    const shown = await readShown(shop);
    const others = [...stated].filter(([sku, words]) => (shown.get(sku) ?? null) !== words);
    if (run?.state === 'succeeded' && others.length === 0) return [];
    if (performance.now() > deadline) {
      const words = others.map(([sku, right]) => `${sku}: ${shown.get(sku) ?? 'nothing'}; right: ${right}`);
      return [`${shop.tenant}, last run ${run?.state ?? 'not ended'}`, ...words];
    }
  }
}

/** Runs the sync once. @returns null if the run has not ended in time. */
export async function runOnce(
  { admin }: Pick<SyncShop, 'admin'>,
  mode: 'poll' | 'full',
  withinMs: number,
): Promise<RunView | null> {
  const { runId } = await patiently(() => admin.expect('POST', '/sync/run', { mode }));
  const deadline = performance.now() + withinMs;
  for (;;) {
    const run = (await patiently(() => admin.expect('GET', `/sync/runs/${String(runId)}`))) as unknown as RunView;
    if (run.state !== 'running') return run;
    if (performance.now() > deadline) return null;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
