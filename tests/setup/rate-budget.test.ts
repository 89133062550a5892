import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { test as base, expect, inject } from 'vitest';
import type { Database } from '../../db/database.ts';
import { openDatabase } from '../../db/database.ts';
import { createRateBudget } from '../../db/setup/rate-budget.ts';
import { createDatabase, dropDatabase } from '../../sandbox/stack/create-database.ts';

const test = base.extend<{ db: Database }>({
  db: [
    async ({}, use) => {
      const { adminUrl, templateName } = inject('stack');
      const name = `test_${randomBytes(6).toString('hex')}`;
      const { db, close } = openDatabase(await createDatabase(adminUrl, name, templateName));
      await use(db);
      await close();
      await dropDatabase(adminUrl, name);
    },
    { scope: 'file' },
  ],
});

/** The vendor's limiter as the fact sheet tells it, in real time: the test's own statement of the rule. */
function createTillLimiter({
  size,
  perSecond,
  burst,
  windowMs,
}: {
  size: number;
  perSecond: number;
  burst: number;
  windowMs: number;
}) {
  let level = 0;
  let at = performance.now();
  let window = 0;
  let inWindow = 0;
  const seen = { refused: 0, spent: 0, highest: 0 };
  return {
    seen,
    charge(cost: number) {
      const now = performance.now();
      level = Math.max(0, level - ((now - at) / 1000) * perSecond);
      at = now;
      if (Math.floor(now / windowMs) !== window) inWindow = 0;
      window = Math.floor(now / windowMs);
      inWindow += 1;
      if (level >= size || inWindow > burst) seen.refused += 1;
      else {
        level += cost;
        seen.spent += cost;
        seen.highest = Math.max(seen.highest, level);
      }
      return { level: String(level), size: String(size), dripRate: String(perSecond), burstLimit: burst };
    },
  };
}

type Budget = ReturnType<typeof createRateBudget>;
type Limiter = ReturnType<typeof createTillLimiter>;

/** @returns how long the budget had the call wait, in ms of ours: what the machine takes beside is not its doing. */
async function call(
  budget: Budget,
  limiter: Limiter,
  account: string,
  cost: number,
  priority: 'order' | 'interactive' | 'bulk',
) {
  for (let waitedMs = 0; ; ) {
    const grant = await budget.acquire(account, String(cost), priority);
    await sleep(grant.waitMs);
    waitedMs += grant.waitMs;
    if (grant.kind === 'wait') continue;
    await sleep(Math.random() * 5);
    const reading = limiter.charge(cost);
    await sleep(Math.random() * 30);
    await budget.settle(grant.callId, reading);
    return waitedMs;
  }
}

const fast = { size: 90, perSecond: 20, burst: 20, windowMs: 50 };

test('two hundred and forty calls of many workers at once draw no 429, and leave little of the drip unused', async ({
  db,
}) => {
  const workers = Array.from({ length: 4 }, () => createRateBudget(db, { timeScale: 40 }));
  const limiter = createTillLimiter({ ...fast, perSecond: 40, windowMs: 25 });
  const account = randomUUID();
  const costs = Array.from({ length: 240 }, (_, index) => [1, 1.4, 1.2, 6.5, 1][index % 5]!);
  const startedAt = performance.now();
  let next = 0;
  const worker = async (index: number) => {
    while (next < costs.length) {
      const priority = index % 3 === 0 ? 'order' : index % 3 === 1 ? 'interactive' : 'bulk';
      await call(workers[index % 4]!, limiter, account, costs[next++]!, priority);
    }
  };
  await Promise.all(Array.from({ length: 16 }, (_, index) => worker(index)));
  const elapsedS = (performance.now() - startedAt) / 1000;
  expect(limiter.seen.refused).toBe(0);
  expect(limiter.seen.highest).toBeLessThanOrEqual(90);
  expect(limiter.seen.spent).toBeCloseTo(532.8, 1);
  // The benchmark sync-budget holds it to 5 %: here the machine does other things too.
  expect(elapsedS).toBeLessThan(((532.8 - 90) / 40) * 1.5);
});

test("a full pull takes what the drip allows, and an order's calls go through it without waiting", async ({ db }) => {
  const budget = createRateBudget(db, { timeScale: 20 });
  const limiter = createTillLimiter(fast);
  const account = randomUUID();
  const startedAt = performance.now();
  const order: number[] = [];
  let exporting: Promise<void> | undefined;
  for (let page = 0; page < 150; page += 1) {
    await call(budget, limiter, account, 1.4, 'bulk');
    if (page === 75) {
      exporting = (async () => {
        for (const cost of [1, 1.2, 3, 8]) order.push(await call(budget, limiter, account, cost, 'order'));
      })();
    }
  }
  await exporting;
  const ideal = ((limiter.seen.spent - (90 - 20)) / 20) * 1000;
  expect(limiter.seen.refused).toBe(0);
  expect((performance.now() - startedAt) / ideal).toBeLessThan(1.5);
  // Of the till's seconds, of which 20 pass in one of ours.
  expect((order.reduce((sum, ms) => sum + ms, 0) * 20) / 1000).toBeLessThan(2);
});

test('a level that the answer tells replaces our guess, and calls still out are added to it', async ({ db }) => {
  const budget = createRateBudget(db, { timeScale: 1 });
  const account = randomUUID();
  const granted = async (cost: string) => {
    const grant = await budget.acquire(account, cost, 'order');
    if (grant.kind !== 'granted') throw new Error(`waits ${grant.waitMs}`);
    return grant;
  };
  const first = await granted('1');
  await granted('6.5');
  await budget.settle(first.callId, { level: '80', size: '90', dripRate: '1', burstLimit: 20 });
  // 80 and the 6.5 still out leave 3.5.
  expect((await granted('3')).waitMs).toBe(0);
  expect((await granted('3')).waitMs).toBeGreaterThan(1_000);
});

test('an answer older than the last correction changes nothing', async ({ db }) => {
  const budget = createRateBudget(db, { timeScale: 1 });
  const account = randomUUID();
  const old = await budget.acquire(account, '1', 'order');
  const newer = await budget.acquire(account, '1', 'order');
  if (old.kind !== 'granted' || newer.kind !== 'granted') throw new Error('not granted');
  await sleep(5);
  await budget.settle(newer.callId, { level: '89', size: '90', dripRate: '1', burstLimit: 20 });
  await budget.settle(old.callId, { level: '1', size: '90', dripRate: '1', burstLimit: 20 });
  expect(await budget.acquire(account, '50', 'order')).toMatchObject({ kind: 'wait' });
});

test('a call that was never sent gives its drips back', async ({ db }) => {
  const budget = createRateBudget(db, { timeScale: 1 });
  const account = randomUUID();
  const grant = await budget.acquire(account, '90', 'order');
  if (grant.kind !== 'granted') throw new Error('not granted');
  await budget.release(grant.callId);
  expect(await budget.acquire(account, '90', 'order')).toMatchObject({ kind: 'granted', waitMs: 0 });
});

test('bulk reads leave an order its room', async ({ db }) => {
  const budget = createRateBudget(db, { timeScale: 1 });
  const account = randomUUID();
  for (let spent = 0; spent < 70; spent += 10) await budget.acquire(account, '10', 'bulk');
  expect(await budget.acquire(account, '10', 'bulk')).toMatchObject({ kind: 'wait' });
  expect(await budget.acquire(account, '15', 'order')).toMatchObject({ kind: 'granted', waitMs: 0 });
});

test('after a 429 nothing is granted until its time has come, and other accounts go on', async ({ db }) => {
  const budget = createRateBudget(db, { timeScale: 1 });
  const [blocked, other] = [randomUUID(), randomUUID()];
  await budget.acquire(blocked, '1', 'order');
  await budget.block(blocked, 400);
  const grant = await budget.acquire(blocked, '1', 'order');
  expect(grant).toMatchObject({ kind: 'wait' });
  expect(await budget.acquire(other, '1', 'bulk')).toMatchObject({ kind: 'granted' });
  await sleep(grant.waitMs + 5);
  expect(await budget.acquire(blocked, '1', 'order')).toMatchObject({ kind: 'granted' });
});
