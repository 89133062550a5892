import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { expect, inject, onTestFinished } from 'vitest';
import { startApi } from '../../api/start-api.ts';
import { countSealed } from '../../db/tenants/count-sealed.ts';
import { readConfig, readEnvironment } from '../../runtime/config.ts';
import { createKeyRing } from '../../runtime/key-ring.ts';
import { createLogger } from '../../runtime/logger.ts';
import { connectTemporal } from '../../temporal/connect-temporal.ts';
import { taskQueues } from '../../temporal/task-queues.ts';
import { rotateKeys } from '../../worker/rotate-keys.ts';
import { startWorkers } from '../../worker/start-workers.ts';
import { callApi } from '../api/call-api.ts';
import { startReceiver } from '../notify/receiver.ts';
import { createShop } from '../shop.ts';
import { platformKey, test as stackTest, testEnvironment } from '../stack-test.ts';

const [k1, k2] = ['k1', 'k2'].map((id) => `${id}:${randomBytes(32).toString('base64')}`) as [string, string];

interface Installation {
  url: string;
  environment: Record<string, string>;
  stop(): Promise<void>;
}

/** Processes of one installation with the ring they are given: an API and workers. */
const test = stackTest.extend<{ start: (secretKeys: string) => Promise<Installation> }>({
  start: async ({ databaseUrl, sandbox }, use) => {
    const taskQueue = `test-${randomBytes(4).toString('hex')}`;
    const running = new Set<() => Promise<void>>();
    await use(async (SECRET_KEYS) => {
      const environment = { ...testEnvironment({ databaseUrl, taskQueue, sandbox }), SECRET_KEYS };
      const config = readConfig(environment);
      const log = createLogger('test', config.LOG_LEVEL);
      const workers = await startWorkers({ config, log, workflowBundle: { codePath: inject('stack').bundlePath } });
      const api = await startApi({ config, log });
      const stop = async () => {
        if (!running.delete(stop)) return;
        await api.close();
        await workers.shutdown();
      };
      running.add(stop);
      return { url: api.url, environment, stop };
    });
    await Promise.all([...running].map((stop) => stop()));
  },
});

async function runCommand(environment: Record<string, string>): Promise<{ code: number; output: string }> {
  const env = { ...readEnvironment(), ...environment };
  const command = spawn(process.execPath, ['worker/commands/rotate-keys.ts'], { env });
  let output = '';
  command.stdout.on('data', (chunk) => (output += String(chunk)));
  command.stderr.on('data', (chunk) => (output += String(chunk)));
  const [code] = await once(command, 'close');
  return { code: Number(code), output };
}

async function rotateNow(
  { environment }: Installation,
  db: Parameters<typeof rotateKeys>[0]['db'],
  patienceMs: number,
) {
  const config = readConfig(environment);
  const ring = createKeyRing(config.SECRET_KEYS);
  const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace } = config;
  const { client, close } = await connectTemporal({ address, namespace }, ring);
  const queues = taskQueues(config.TASK_QUEUE);
  const rotation = await rotateKeys({ db, ring, client, queues, patienceMs, say: () => {} });
  await close();
  return rotation;
}

test('keys are changed while everything runs: nothing is lost, and the old one can be taken out', async ({
  start,
  sandbox,
  db,
}) => {
  const receiver = await startReceiver();
  onTestFinished(() => receiver.close());
  receiver.answer(() => 503);
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  receiver.trust(secret);
  const before = await start(`${k1},${k2}`);
  const [shop, beginner] = await Promise.all(
    ['shop-turning', 'shop-beginning'].map((tenant) => createShop(before.url, sandbox, tenant, platformKey)),
  );
  // What waits for long: an order, events, a sale to begin, a wizard half way, an attempt to connect.
  await shop!.storefront.expect('PUT', '/webhook', { url: receiver.url, secret });
  await shop!.setUp();
  const now = new Date().toISOString();
  const line = { lineId: 'a', sku: 'NONE', description: 'Enamel mug', quantity: 1, unitPrice: '15.00' };
  const order = { placedAt: now, updatedAt: now, currency: 'USD', total: '15.00', email: 'jane@example.com' };
  await shop!.storefront.expect('PUT', '/orders/1001', { ...order, lines: [line] });
  const item = {
    sku: 'MUG',
    description: 'Mug',
    gtin1: '036000291452',
    saleStart: '2036-01-01',
    saleEnd: '2036-02-01',
  };
  await shop!.storefront.expect('PUT', '/catalog/items', { items: [item] });
  await beginner!.connect('1');
  await beginner!.admin.expect('POST', '/setup/connect', {});

  const beside = await start(`${k2},${k1}`);
  // A refresh under way, by a process that still seals with the old key.
  await db.execute('update connections set access_expires_at = now()');
  const slow = { fault: { kind: 'latency', ms: 1_500 }, path: '/auth/oauth/token', count: 1 };
  await shop!.till.global('POST', '/faults', slow);
  const refreshing = shop!.admin.call('GET', '/setup/options');
  const early = await rotateNow(beside, db, 5_000);
  expect((await refreshing).status).toBe(200);
  expect(early.values).toEqual([]);
  await before.stop();
  const { code, output } = await runCommand(beside.environment);
  expect([output, code]).toEqual([expect.stringContaining('May be taken out of SECRET_KEYS: k1'), 0]);
  expect((await countSealed(db)).map(({ keyId }) => keyId)).not.toContain('k1');
  await beside.stop();

  const after = await start(k2);
  sandbox.setRedirectUri(`${after.url}/oauth/callback`);
  const as = async (tenant: string, role: string) => {
    const body = { role, label: 'after' };
    const { body: made } = await callApi(after.url, 'POST', `/v1/tenants/${tenant}/keys`, { key: platformKey, body });
    return (method: string, path: string, body?: unknown) =>
      callApi(after.url, method, `/v1/tenants/${tenant}${path}`, { key: String(made['key']), body });
  };
  const [admin, storefront] = [await as('shop-turning', 'admin'), await as('shop-turning', 'storefront')];
  await db.execute('update connections set access_expires_at = now()');
  expect((await admin('GET', '/setup/options')).status).toBe(200); // by the refreshed refresh token
  const payment = { paymentId: 'p1', amount: '15.00', method: 'card', capturedAt: now };
  expect((await storefront('POST', '/orders/1001/paid', payment)).status).toBe(202);
  await expect
    .poll(async () => (await admin('GET', '/orders/1001')).body['state'], { timeout: 40_000 })
    .toBe('exported');
}, 180_000);
