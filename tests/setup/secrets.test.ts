import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { expect, onTestFinished } from 'vitest';
import { connections } from '../../db/schema/setup.ts';
import { readEnvironment } from '../../runtime/config.ts';
import { startProcess } from '../../sandbox/stack/start-process.ts';
import { callApi } from '../api/call-api.ts';
import { readHistories } from '../demo/read-histories.ts';
import { startReceiver } from '../notify/receiver.ts';
import { createShop } from '../shop.ts';
import { platformKey, test, testEnvironment } from '../stack-test.ts';
import { startRecordingProxy } from './recording-proxy.ts';

const customer = {
  email: 'Rosalind.Quibbleton@example.com',
  customer: { firstName: 'Rosalind', lastName: 'Quibbleton', phone: '+1 845 555 0182' },
  billingAddress: {
    address1: '17 Thistledown Crescent',
    city: 'Port Ellis',
    state: 'NY',
    zip: '10960',
    country: 'US',
  },
};
const personal = ['Rosalind', 'Quibbleton', 'Thistledown', '555 0182'];

test('after a full run no secret is in the database, a history or a log, and no customer but in their order', async ({
  databaseUrl,
  db,
  sandbox,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'tillbridge-secrets-'));
  const proxy = await startRecordingProxy(new URL(sandbox.apiUrl).origin);
  const receiver = await startReceiver();
  const taskQueue = `test-${randomBytes(4).toString('hex')}`;
  const through = (url: string) => proxy.url + new URL(url).pathname;
  const lightspeed = { ...sandbox, apiUrl: through(sandbox.apiUrl), authUrl: through(sandbox.authUrl) };
  const settings = testEnvironment({ databaseUrl, taskQueue, sandbox: lightspeed });
  const env = { ...readEnvironment(), ...settings, LOG_LEVEL: 'debug' };
  const logOf = (name: string) => join(folder, `${name}.log`);
  const start = (name: string) =>
    startProcess({ name, script: `${name}/main.ts`, env, logFile: logOf(name), log: () => {} });
  const [worker, api] = await Promise.all([start('worker'), start('api')]);
  onTestFinished(async () => {
    await api.stop();
    await worker.stop();
    await Promise.all([proxy.close(), receiver.close()]);
    await rm(folder, { recursive: true, force: true });
  });
  const url = `http://127.0.0.1:${String(api.facts['port'])}`;
  const planted = new Map<string, string>([
    ['platform key', platformKey],
    ['secret key', settings['SECRET_KEYS']!.split(':')[1]!],
    ['client secret', settings['LIGHTSPEED_CLIENT_SECRET']!],
  ]);

  // Setting up, with refusals and a Lightspeed that fails in between.
  const shop = await createShop(url, sandbox, 'shop-secret', platformKey);
  const keyOf = async (role: string) => {
    const key = String((await shop.platform.expect('POST', '/keys', { role, label: role }))['key']);
    planted.set(`${role} key`, key);
    return key;
  };
  const [adminKey, storefrontKey] = [await keyOf('admin'), await keyOf('storefront')];
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  planted.set('webhook secret', secret.slice(6));
  receiver.trust(secret);
  receiver.answer(() => 503);
  await shop.storefront.expect('PUT', '/webhook', { url: receiver.url, secret });
  await shop.connect('2'); // refused
  const begun = new URL(String((await shop.admin.expect('POST', '/setup/connect', {}))['authorizationUrl']));
  planted.set('state of an attempt', begun.searchParams.get('state')!);
  const strayCode = randomBytes(24).toString('hex');
  planted.set('code of a stranger', strayCode);
  for (const state of ['x'.repeat(43), begun.searchParams.get('state')!])
    await callApi(url, 'GET', `/oauth/callback?state=${state}&code=${strayCode}`);
  await shop.till.global('POST', '/faults', {
    fault: { kind: 'status', status: 503 },
    path: '/API/*Session',
    count: 1,
  });
  const item = { sku: 'MUG', description: 'Mug', gtin1: '036000291452', saleStart: '2036-01-01' };
  await shop.storefront.expect('PUT', '/catalog/items', { items: [item] });
  await shop.setUp();

  // Orders of a customer: exported, refused by the till, lost on the way; and calls that can't be read.
  const now = new Date().toISOString();
  const line = { lineId: 'a', sku: 'NONE', description: 'Enamel mug', quantity: 1, unitPrice: '15.00' };
  const order = { placedAt: now, updatedAt: now, currency: 'USD', total: '15.00', ...customer, lines: [line] };
  const payment = { amount: '15.00', method: 'card', capturedAt: now };
  const stateOf = async (id: string) => (await shop.admin.expect('GET', `/orders/${id}`))['state'];
  const send = async (id: string, state: string) => {
    await shop.storefront.expect('PUT', `/orders/${id}`, order);
    await shop.storefront.expect('POST', `/orders/${id}/paid`, { ...payment, paymentId: id });
    await expect.poll(() => stateOf(id), { timeout: 40_000 }).toBe(state);
  };
  await send('1001', 'exported');
  await shop.till.fault({ fault: { kind: 'status', status: 422 }, method: 'POST', path: 'Sale' });
  await send('1002', 'attention');
  await shop.till.fault({ fault: { kind: 'status', status: 500, when: 'after-commit' }, method: 'POST', path: 'Sale' });
  await db.execute(sql`update connections set access_expires_at = now()`); // a refresh
  await send('1003', 'exported');
  const path = '/v1/tenants/shop-secret';
  const odd = [
    JSON.stringify(order).slice(0, -2),
    { ...order, unknown: customer },
    { ...order, total: customer.email },
  ];
  for (const body of odd) {
    const answer = await callApi(url, 'PUT', `${path}/orders/1004`, { key: storefrontKey, body });
    expect(answer.status).toBeGreaterThanOrEqual(400);
  }
  await callApi(url, 'GET', `${path}/orders?q=${encodeURIComponent(customer.email)}`, { key: adminKey });
  await callApi(url, 'GET', `${path}/setup`, { key: `${adminKey}x` });
  receiver.answer(() => 200);
  await shop.storefront.expect('PUT', '/webhook', { url: receiver.url, secret });
  await expect.poll(() => receiver.taken.length, { timeout: 40_000 }).toBeGreaterThan(3);
  await shop.till.call('POST', '/tokens/revoke');
  await db.update(connections).set({ refreshedAt: null }); // a pair just refreshed would be given a rest first
  expect((await shop.admin.call('GET', '/setup/options')).status).toBe(409); // lost
  await shop.connect('1');
  await shop.admin.expect('POST', '/setup/disconnect');

  for (const [name, values] of proxy.secrets)
    for (const [index, value] of [...values].entries()) planted.set(`${name} ${index}`, value);
  // Had the proxy seen nothing, nothing would be looked for.
  expect([...proxy.secrets.keys()].toSorted()).toEqual(
    expect.arrayContaining(['access_token', 'bearer', 'client_secret', 'code', 'code_verifier', 'refresh_token']),
  );
  const query = `TaskQueue IN ("${taskQueue}-interactive", "${taskQueue}-bulk")`;
  const histories = await readHistories(settings['TEMPORAL_ADDRESS']!, settings['SECRET_KEYS']!, query);
  const places = new Map(histories.map(({ workflowId, text }, index) => [`history ${index} ${workflowId}`, text]));
  for (const name of ['api', 'worker']) places.set(`log of ${name}`, await readFile(logOf(name), 'utf8'));
  const tables = await db.execute<{ name: string }>(sql`
    select table_name as name from information_schema.tables where table_schema = 'public'`);
  for (const { name } of tables) {
    const rows = await db.execute<{ row: string }>(
      sql`select row_to_json(t)::text as row from ${sql.identifier(name)} t`,
    );
    places.set(`table ${name}`, rows.map(({ row }) => row).join('\n'));
  }
  // Each place is read as it is: it does show what it may.
  expect(places.get('log of api')).toContain('"msg":"answered"');
  expect(places.get('log of worker')).toContain('"level":20');
  expect(places.get('table orders')).toContain('Quibbleton');
  expect([...places].some(([name, text]) => name.startsWith('history') && text.includes('"orderId":"1001"'))).toBe(
    true,
  );

  const found: string[] = [];
  for (const [place, text] of places) {
    for (const [name, value] of planted) if (text.includes(value)) found.push(`${name} in ${place}`);
    if (place === 'table orders') continue;
    for (const word of personal) if (text.toLowerCase().includes(word.toLowerCase())) found.push(`${word} in ${place}`);
  }
  expect(found).toEqual([]);
});
