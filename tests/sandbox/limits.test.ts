import { expect, test } from 'vitest';
import { call, control, openSandbox } from './sandbox-test.ts';

/** So slow a clock that a busy machine makes no difference. */
const slow = { unlimited: false, registers: 1, timeScale: 0.01 };

test('every answer tells the bucket, and a full one answers 429 until it has dripped', async () => {
  const sandbox = await openSandbox({ ...slow, switches: { 'burst-limit': 'off' } });
  const first = await call(sandbox, 'GET', 'Item.json?limit=1&load_relations=["ItemShops","Category"]');
  expect(first.headers.get('x-ls-api-request-cost')).toBe('1.6');
  expect(first.headers.get('x-ls-acct-id')).toBe(sandbox.accountId);
  expect(first.headers.get('x-ls-api-bucket-level')).toMatch(/^1\.6\d*\/90$/);
  let last = first;
  let allowed = 0;
  while (last.status === 200) {
    last = await call(sandbox, 'GET', 'Shop.json?count=1');
    allowed += last.status === 200 ? 1 : 0;
  }
  expect(allowed).toBe(9); // 1.6 + 9 × 10: the one that crosses the size is still answered
  expect(last.status).toBe(429);
  expect(last.headers.get('x-ls-api-ratelimit-type')).toBe('api-leaky-bucket');
  expect(Number(last.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  await control(sandbox, 'POST', 'clock', { advanceMs: 10_000 });
  expect((await call(sandbox, 'GET', 'Shop.json')).status).toBe(200);
  const { counters } = await control(sandbox, 'GET', 'requests');
  expect(counters).toMatchObject({ 'status.429': 1 });
});

test('a refused call is charged too', async () => {
  const sandbox = await openSandbox(slow);
  await call(sandbox, 'GET', 'Item.json?sort=upc');
  const { headers } = await call(sandbox, 'GET', 'Shop.json');
  expect(Number(headers.get('x-ls-api-bucket-level')?.split('/')[0])).toBeGreaterThan(1);
});

test('the burst limit counts requests of a second', async () => {
  const sandbox = await openSandbox(slow);
  const answers = await Promise.all(Array.from({ length: 45 }, () => call(sandbox, 'GET', 'Shop.json')));
  const refused = answers.filter((answer) => answer.status === 429);
  expect(refused.length).toBeGreaterThan(0); // two windows at most, each with room for 20
  expect(new Set(refused.map((answer) => answer.headers.get('x-ls-api-ratelimit-type')))).toEqual(
    new Set(['api-burst-limiter']),
  );
  expect(refused[0]?.headers.get('x-ls-api-burst-level')).toBe('20/20');
});

test('time-scale makes the bucket drip faster, and says so', async () => {
  const sandbox = await openSandbox({ unlimited: false, registers: 1, timeScale: 20 });
  expect((await call(sandbox, 'GET', 'Shop.json')).headers.get('x-ls-api-drip-rate')).toBe('20');
});

test('unlimited never refuses, and can be switched while it runs', async () => {
  const sandbox = await openSandbox({ registers: 1 });
  const answers = await Promise.all(Array.from({ length: 60 }, () => call(sandbox, 'GET', 'Shop.json?count=1')));
  expect(answers.every((answer) => answer.status === 200)).toBe(true);
  await control(sandbox, 'PUT', 'limiter', { isLimited: true });
  const limited = await Promise.all(Array.from({ length: 60 }, () => call(sandbox, 'GET', 'Shop.json?count=1')));
  expect(limited.some((answer) => answer.status === 429)).toBe(true);
});
