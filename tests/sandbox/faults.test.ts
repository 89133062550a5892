import { expect, test } from 'vitest';
import type { Sandbox } from '../../sandbox/r-series/start-sandbox.ts';
import { allRows, call, control, openSandbox, token } from './sandbox-test.ts';

const sale = {
  employeeID: 3,
  registerID: 4,
  shopID: 1,
  taxCategoryID: 0,
  completed: true,
  referenceNumber: 'F-1',
  SaleLines: { SaleLine: { unitQuantity: 1, unitPrice: '5' } },
  SalePayments: { SalePayment: { amount: '5', paymentTypeID: 7 } },
};
const sold = async (sandbox: Sandbox): Promise<number> =>
  (await control(sandbox, 'GET', `accounts/${sandbox.accountId}/books/summary`)).completedSales;
const rule = (sandbox: Sandbox, fault: object, more: object = {}) =>
  control(sandbox, 'POST', 'faults', { fault, ...more });
const postSale = (sandbox: Sandbox) => call(sandbox, 'POST', 'Sale.json', sale);

test('a 504 is answered first and the sale is booked later', async () => {
  const sandbox = await openSandbox();
  await rule(sandbox, { kind: 'late-commit', commitAfterMs: 150 }, { method: 'POST', path: 'Sale' });
  expect((await postSale(sandbox)).status).toBe(504);
  expect(await sold(sandbox)).toBe(0);
  await expect.poll(() => sold(sandbox), { timeout: 40_000 }).toBe(1);
});

test('a request that several faults hit is carried out once', async () => {
  const sandbox = await openSandbox();
  const on = { method: 'POST', path: 'Sale' };
  for (const commitAfterMs of [10, 20]) await rule(sandbox, { kind: 'late-commit', commitAfterMs }, on);
  await rule(sandbox, { kind: 'status', status: 503 }, on);
  expect((await postSale(sandbox)).status).toBe(504);
  await expect.poll(() => sold(sandbox), { timeout: 40_000 }).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 100)); // the second would have come by now
  expect(await sold(sandbox)).toBe(1);
});

test('errors and resets come before or after the commit', async () => {
  const sandbox = await openSandbox();
  const on = { method: 'POST', path: 'Sale' };
  await rule(sandbox, { kind: 'status', status: 503 }, on);
  expect([(await postSale(sandbox)).status, await sold(sandbox)]).toEqual([503, 0]);
  await rule(sandbox, { kind: 'status', status: 500, when: 'after-commit' }, on);
  expect([(await postSale(sandbox)).status, await sold(sandbox)]).toEqual([500, 1]);
  await rule(sandbox, { kind: 'reset' }, on);
  await expect(postSale(sandbox)).rejects.toThrow('fetch failed');
  expect(await sold(sandbox)).toBe(1);
  await rule(sandbox, { kind: 'reset', when: 'after-commit' }, on);
  await expect(postSale(sandbox)).rejects.toThrow('fetch failed');
  expect(await sold(sandbox)).toBe(2);
  expect((await postSale(sandbox)).status).toBe(200);
});

test('a lost answer of the token endpoint has used the refresh token', async () => {
  const sandbox = await openSandbox({ switches: { 'refresh-revocation': 'at-once' } });
  await rule(sandbox, { kind: 'reset', when: 'after-commit' }, { path: '/auth/oauth/token' });
  const fields = { grant_type: 'refresh_token', refresh_token: sandbox.refreshToken };
  await expect(token(sandbox, fields)).rejects.toThrow('fetch failed');
  expect((await token(sandbox, fields)).body.error).toBe('invalid_grant');
});

test('bodies are spoiled in the ways that have been seen', async () => {
  const sandbox = await openSandbox({ items: 120 });
  const get = () => call(sandbox, 'GET', 'Item.json?limit=50');
  const once = { path: 'Item' };
  await rule(sandbox, { kind: 'truncated-json' }, once);
  const cut = await get();
  expect([cut.status, cut.body]).toEqual([200, undefined]);
  await rule(sandbox, { kind: 'html', status: 502 }, once);
  expect((await get()).text).toMatch(/^<html>/);
  await rule(sandbox, { kind: 'empty-page' }, once);
  expect((await get()).body).toEqual({ '@attributes': { next: '', previous: '' } });
  await rule(sandbox, { kind: 'repeated-cursor' }, once);
  expect((await get()).body['@attributes'].next).toBe(
    `${sandbox.apiUrl}/Account/${sandbox.accountId}/Item.json?limit=50`,
  );
  await rule(sandbox, { kind: 'foreign-next', origin: 'http://evil.invalid' }, once);
  expect((await get()).body['@attributes'].next).toMatch(/^http:\/\/evil\.invalid\/API\/V3/);
  await rule(sandbox, { kind: 'missing-field', field: 'Prices' }, once);
  expect((await get()).body.Item[0]).not.toHaveProperty('Prices');
  await rule(sandbox, { kind: 'missing-field', field: '@attributes.next' }, once);
  expect((await get()).body['@attributes']).not.toHaveProperty('next');
  await rule(sandbox, { kind: 'huge-item' }, once);
  expect((await get()).text.length).toBeGreaterThan(2_000_000);
  expect((await get()).body.Item).toHaveLength(50);
});

test('a storm of 429s hits as many calls as it was told, from the nth on', async () => {
  const sandbox = await openSandbox();
  await rule(sandbox, { kind: 'rate-limit', retryAfterSeconds: 2 }, { path: 'Shop', nth: 2, count: 2 });
  const answers = [];
  for (let time = 0; time < 5; time += 1) answers.push(await call(sandbox, 'GET', 'Shop.json'));
  expect(answers.map(({ status }) => status)).toEqual([200, 429, 429, 200, 200]);
  expect(answers[1]?.headers.get('retry-after')).toBe('2');
});

test('latency adds to whatever else goes wrong', async () => {
  const sandbox = await openSandbox();
  await rule(sandbox, { kind: 'latency', ms: 120 }, { path: 'Shop' });
  await rule(sandbox, { kind: 'status', status: 500 }, { path: 'Shop' });
  const startedAt = performance.now();
  expect((await call(sandbox, 'GET', 'Shop.json')).status).toBe(500);
  expect(performance.now() - startedAt).toBeGreaterThan(110);
});

test('items change between two pages at the page that was named', async () => {
  const sandbox = await openSandbox({ items: 100 });
  const edits = [
    { method: 'PATCH', path: 'items/90', body: { description: 'Changed in between' } },
    { method: 'DELETE', path: 'items/35' },
  ];
  await rule(sandbox, { kind: 'edit', edits }, { path: 'Item', nth: 2 });
  const rows = await allRows(sandbox, 'Item.json?limit=20', 'Item');
  expect(rows).toHaveLength(100); // 35 was on the second page, which was made before the edit
  expect(rows[89].description).toBe('Changed in between');
});

test('chance is the same for the same seed', async () => {
  const run = async () => {
    const sandbox = await openSandbox({ seed: 7 });
    await rule(sandbox, { kind: 'status', status: 500 }, { path: 'Shop', probability: 0.5 });
    const statuses = [];
    for (let time = 0; time < 12; time += 1) statuses.push((await call(sandbox, 'GET', 'Shop.json')).status);
    return statuses;
  };
  const first = await run();
  expect(new Set(first)).toEqual(new Set([200, 500]));
  expect(await run()).toEqual(first);
});

test('a malformed rule is refused, and rules can be taken away', async () => {
  const sandbox = await openSandbox();
  await expect(rule(sandbox, { kind: 'explosion' })).rejects.toThrow('fault');
  await rule(sandbox, { kind: 'status', status: 500 }, { count: 0 });
  expect((await call(sandbox, 'GET', 'Shop.json')).status).toBe(500);
  await control(sandbox, 'DELETE', 'faults');
  expect((await call(sandbox, 'GET', 'Shop.json')).status).toBe(200);
});
