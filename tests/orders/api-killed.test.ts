import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { sql } from 'drizzle-orm';
import { expect, inject, onTestFinished } from 'vitest';
import { readConfig } from '../../runtime/config.ts';
import { createLogger } from '../../runtime/logger.ts';
import { freePort } from '../../sandbox/stack/free-ports.ts';
import { startProcess } from '../../sandbox/stack/start-process.ts';
import { startTemporal } from '../../sandbox/stack/start-temporal.ts';
import { requiredSearchAttributes } from '../../temporal/search-attributes.ts';
import { startWorkers } from '../../worker/start-workers.ts';
import { createShop } from '../shop.ts';
import { platformKey, test, testEnvironment } from '../stack-test.ts';

const apiScript = resolve(import.meta.dirname, '../../api/main.ts');
const silent = () => {};

test('an API killed between committing a payment and signalling it loses nothing: the sweep signals it (R24)', async ({
  databaseUrl,
  db,
  sandbox,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'tillbridge-api-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  // A Temporal server of its own, as it is frozen in between.
  const temporal = await startTemporal({
    dataDir: join(folder, 'temporal'),
    isDisposable: true,
    isHeadless: true,
    searchAttributes: requiredSearchAttributes,
    log: silent,
  });
  onTestFinished(() => temporal.stop());
  const port = await freePort();
  const environment = {
    ...testEnvironment({ databaseUrl, taskQueue: 'test-api-killed', sandbox }),
    TEMPORAL_ADDRESS: temporal.address,
    API_PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
  };
  const config = readConfig(environment);
  const workflowBundle = { codePath: inject('stack').bundlePath };
  const workers = await startWorkers({ config, log: createLogger('test', 'silent'), workflowBundle });
  onTestFinished(() => workers.shutdown());
  const startApi = (log: string) =>
    startProcess({ name: 'the API', script: apiScript, env: environment, logFile: join(folder, log), log: silent });
  const first = await startApi('first.log');
  const shop = await createShop(`http://127.0.0.1:${port}`, sandbox, 'api-killed', platformKey);
  await shop.setUp({ pricing: { enabled: false } });
  await shop.storefront.expect('PUT', '/orders/1001', order);
  const message = async () => String((await shop.admin.expect('GET', '/orders/1001'))['message']);
  await expect.poll(message, { timeout: 40_000 }).toBe('Unbalanced: 12.00 USD due');

  process.kill(temporal.pid, 'SIGSTOP');
  const paying = shop.storefront.call('POST', '/orders/1001/paid', payment).catch(() => 'no answer');
  const isCommitted = async () =>
    (await db.execute(sql`select from payments where tenant = ${shop.tenant}`)).length === 1;
  await expect.poll(isCommitted, { timeout: 40_000 }).toBe(true);
  process.kill(first.pid, 'SIGKILL');
  expect(await paying).toBe('no answer');
  process.kill(temporal.pid, 'SIGCONT');

  await startApi('second.log').then(({ stop }) => onTestFinished(stop));
  await expect.poll(message, { timeout: 40_000 }).toContain('Exported as ticket');
  expect(await shop.till.sales()).toMatchObject([{ referenceNumber: '1001', total: '12' }]);
});

const order = {
  placedAt: '2030-01-01T10:00:00Z',
  updatedAt: '2030-01-01T10:00:00Z',
  currency: 'USD',
  total: '12.00',
  lines: [{ lineId: '1', sku: 'ANY', description: 'A thing', quantity: 1, unitPrice: '12.00' }],
};

const payment = { paymentId: 'p1', amount: '12.00', method: 'card', capturedAt: '2030-01-01T10:01:00Z' };
