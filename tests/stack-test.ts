import { randomBytes, randomUUID } from 'node:crypto';
import { test as base, inject } from 'vitest';
import { startApi } from '../api/start-api.ts';
import { openDatabase } from '../db/database.ts';
import type { Config } from '../runtime/config.ts';
import { readConfig, readEnvironment } from '../runtime/config.ts';
import { createKeyRing } from '../runtime/key-ring.ts';
import { createLogger } from '../runtime/logger.ts';
import { startSandbox } from '../sandbox/r-series/start-sandbox.ts';
import { createDatabase, dropDatabase } from '../sandbox/stack/create-database.ts';
import { connectTemporal } from '../temporal/connect-temporal.ts';
import { startWorkers } from '../worker/start-workers.ts';
import type { Shop } from './shop.ts';
import { createShop } from './shop.ts';

/** Key of the platform in every test installation. */
export const platformKey = `tb_platform_${'0'.repeat(43)}`;
/** Fixed, so that stored histories stay readable. */
const secretKeys = `test:${Buffer.alloc(32, 7).toString('base64')}`;

/** Environment of one test installation: its database, task queue and sandbox, and durations that let tests run in seconds. */
export function testEnvironment(parts: {
  databaseUrl: string;
  taskQueue: string;
  sandbox: { apiUrl: string; authUrl: string; clientId: string; clientSecret: string };
}): Record<string, string> {
  return {
    DATABASE_URL: parts.databaseUrl,
    TEMPORAL_ADDRESS: inject('stack').temporalAddress,
    TASK_QUEUE: parts.taskQueue,
    API_PORT: '0',
    PLATFORM_KEY: platformKey,
    SECRET_KEYS: secretKeys,
    LIGHTSPEED_API_URL: parts.sandbox.apiUrl,
    LIGHTSPEED_AUTH_URL: parts.sandbox.authUrl,
    LIGHTSPEED_CLIENT_ID: parts.sandbox.clientId,
    LIGHTSPEED_CLIENT_SECRET: parts.sandbox.clientSecret,
    LIGHTSPEED_TIMEOUT_MS: '2000',
    WEBHOOK_ALLOW_PRIVATE: 'true',
    API_RATE_LIMIT_PER_MINUTE: '100000',
    SETTLE_WINDOW_MS: '1500',
    POST_DEADLINE_MS: '2000',
    REMOVAL_SETTLE_MS: '1000',
    SWEEP_INTERVAL_MS: '1000',
    LOG_LEVEL: readEnvironment()['TEST_LOG_LEVEL'] ?? 'silent',
  };
}

/** A running installation, whose parts a test may stop and start. */
export interface App {
  url: string;
  config: Config;
  environment: Record<string, string>;
  startWorkers: () => Promise<{ shutdown: () => Promise<void> }>;
}

type Sandbox = Awaited<ReturnType<typeof startSandbox>>;
type Db = ReturnType<typeof openDatabase>['db'];
export type Temporal = Awaited<ReturnType<typeof connectTemporal>>['client'];

/**
 * A file's tests share one database, one sandbox, one API and its workers on a task queue of their own; each test has a
 * tenant, and a Lightspeed account, of its own. A file that needs other durations overrides `overrides`.
 */
export const test = base.extend<{
  overrides: Record<string, string>;
  databaseUrl: string;
  db: Db;
  sandbox: Sandbox;
  app: App;
  temporal: Temporal;
  shop: Shop;
}>({
  overrides: [{}, { scope: 'file' }],
  databaseUrl: [
    async ({}, use) => {
      const { adminUrl, templateName } = inject('stack');
      const name = `test_${randomBytes(6).toString('hex')}`;
      await use(await createDatabase(adminUrl, name, templateName));
      await dropDatabase(adminUrl, name);
    },
    { scope: 'file' },
  ],
  db: [
    async ({ databaseUrl }, use) => {
      const { db, close } = openDatabase(databaseUrl);
      await use(db);
      await close();
    },
    { scope: 'file' },
  ],
  sandbox: [
    async ({}, use) => {
      const sandbox = await startSandbox({ port: 0, items: 40, seed: 1, unlimited: true });
      await use(sandbox);
      await sandbox.stop();
    },
    { scope: 'file' },
  ],
  app: [
    async ({ databaseUrl, sandbox, overrides }, use) => {
      const taskQueue = `test-${randomBytes(4).toString('hex')}`;
      const environment = { ...testEnvironment({ databaseUrl, taskQueue, sandbox }), ...overrides };
      const config = readConfig(environment);
      const log = createLogger('test', config.LOG_LEVEL);
      const workflowBundle = { codePath: inject('stack').bundlePath };
      const running = new Set<{ shutdown: () => Promise<void> }>();
      const start = async () => {
        const workers = await startWorkers({ config, log, workflowBundle });
        running.add(workers);
        return {
          shutdown: async () => {
            if (running.delete(workers)) await workers.shutdown();
          },
        };
      };
      await start();
      const api = await startApi({ config, log });
      await use({ url: api.url, config, environment, startWorkers: start });
      await api.close();
      await Promise.all([...running].map((workers) => workers.shutdown()));
    },
    { scope: 'file' },
  ],
  /** A client of the installation's own, with its codec. */
  temporal: [
    async ({ app }, use) => {
      const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace, SECRET_KEYS } = app.config;
      const { client, close } = await connectTemporal({ address, namespace }, createKeyRing(SECRET_KEYS));
      await use(client);
      await close();
    },
    { scope: 'file' },
  ],
  shop: async ({ app, sandbox }, use) => {
    await use(await createShop(app.url, sandbox, `shop-${randomUUID().slice(0, 8)}`, platformKey));
  },
});
