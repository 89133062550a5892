import { randomBytes } from 'node:crypto';
import { NativeConnection, Worker } from '@temporalio/worker';
import { and, eq } from 'drizzle-orm';
import { test as base, inject } from 'vitest';
import { createOrderExportActivities } from '../../activities/orders/order-export.ts';
import { createOrderRefundActivities } from '../../activities/orders/order-refund.ts';
import type { ApiParts } from '../../api/http/api-parts.ts';
import { createApp } from '../../api/http/create-app.ts';
import { listen } from '../../api/http/listen.ts';
import { getAttentionEndpoint } from '../../api/notify/get-attention.ts';
import { getOrderEndpoint } from '../../api/orders/get-order.ts';
import { getOrderStatusesEndpoint } from '../../api/orders/get-order-statuses.ts';
import { getOrdersEndpoint } from '../../api/orders/get-orders.ts';
import { getReconciliationEndpoint } from '../../api/orders/get-reconciliation.ts';
import { postOrderCancelledEndpoint } from '../../api/orders/post-order-cancelled.ts';
import { postOrderFulfilledEndpoint } from '../../api/orders/post-order-fulfilled.ts';
import { postOrderPaidEndpoint } from '../../api/orders/post-order-paid.ts';
import { postOrderRefundedEndpoint } from '../../api/orders/post-order-refunded.ts';
import { postOrderResolveEndpoint } from '../../api/orders/post-order-resolve.ts';
import { postOrderRetryEndpoint } from '../../api/orders/post-order-retry.ts';
import { postOrdersRetryEndpoint } from '../../api/orders/post-orders-retry.ts';
import { postRefundRetryEndpoint } from '../../api/orders/post-refund-retry.ts';
import { putOrderEndpoint } from '../../api/orders/put-order.ts';
import { putOrderStatusesEndpoint } from '../../api/orders/put-order-statuses.ts';
import type { Database } from '../../db/database.ts';
import { openDatabase } from '../../db/database.ts';
import { clearWakeUp } from '../../db/notify/wake-ups.ts';
import { orderExports } from '../../db/schema/orders.ts';
import { connections, setups } from '../../db/schema/setup.ts';
import { tenants } from '../../db/schema/tenants.ts';
import { createKey } from '../../db/tenants/tenant-keys.ts';
import { defaultSettings } from '../../domain/setup/default-settings.ts';
import type { ActiveOrderExportSettings } from '../../domain/setup/settings.ts';
import type { OpenTill } from '../../lightspeed/till.ts';
import { readConfig } from '../../runtime/config.ts';
import { createKeyRing } from '../../runtime/key-ring.ts';
import { createLogger } from '../../runtime/logger.ts';
import { createMetrics } from '../../runtime/metrics.ts';
import { createDatabase, dropDatabase } from '../../sandbox/stack/create-database.ts';
import { connectTemporal, createDataConverter } from '../../temporal/connect-temporal.ts';
import { createSignals } from '../../temporal/signals.ts';
import { taskQueues } from '../../temporal/task-queues.ts';
import type { Wake } from '../../temporal/wake.ts';
import type { Answer } from '../api/call-api.ts';
import { callApi } from '../api/call-api.ts';
import type { MemoryTill } from './memory-till.ts';
import { createMemoryTill } from './memory-till.ts';

const orderEndpoints = [
  getAttentionEndpoint,
  getReconciliationEndpoint,
  getOrderEndpoint,
  getOrdersEndpoint,
  getOrderStatusesEndpoint,
  postOrderCancelledEndpoint,
  postOrderFulfilledEndpoint,
  postOrderPaidEndpoint,
  postOrderRefundedEndpoint,
  postRefundRetryEndpoint,
  postOrderResolveEndpoint,
  postOrderRetryEndpoint,
  postOrdersRetryEndpoint,
  putOrderEndpoint,
  putOrderStatusesEndpoint,
];

const timings = { settleWindowMs: 600, postDeadlineMs: 1_500 };

const settings: ActiveOrderExportSettings = {
  mode: 'on',
  employeeId: '2',
  registerId: '5',
  shopId: '1',
  registerByLocation: {},
  statusAfterExport: 'sent',
  whenFulfilled: false,
  defaultPaymentTypeId: '3',
  paymentTypes: {},
  taxPolicy: 'line',
  saleDate: 'export',
  shippingItemId: null,
  taxItemId: null,
  refunds: false,
};

/** The order's workflow and steps on a real server and database, against a till in memory. */
export interface ExportRig {
  db: Database;
  wake: Wake;
  /** Ends the rig's own worker, so that another process may take its place, with this environment. */
  stopWorker(): Promise<void>;
  environment: Record<string, string>;
  /** Whence a tenant's till comes: another than its till in memory may be put here. */
  tills: Map<string, OpenTill>;
  /** A tenant whose setup is complete, with a till of its own. */
  openShop(changes?: Partial<ActiveOrderExportSettings>): Promise<RigShop>;
  stateOf(tenant: string, orderId: string): Promise<string>;
  client: Client;
}

/** A tenant with a till of its own; `as` calls its orders over HTTP with a key of that role. */
export interface RigShop {
  tenant: string;
  world: MemoryTill;
  as(role: 'storefront' | 'admin' | 'operator', method: string, path: string, body?: unknown): Promise<Answer>;
}

type Client = Awaited<ReturnType<typeof connectTemporal>>['client'];

export const test = base.extend<{ rig: ExportRig }>({
  rig: [
    // oxlint-disable-next-line no-empty-pattern -- vitest reads a fixture's needs from this pattern
    async ({}, use) => {
      const { adminUrl, templateName, temporalAddress, bundlePath } = inject('stack');
      const name = `test_${randomBytes(6).toString('hex')}`;
      const databaseUrl = await createDatabase(adminUrl, name, templateName);
      const { db, close } = openDatabase(databaseUrl);
      const secretKeys = `test:${Buffer.alloc(32, 7).toString('base64')}`;
      const ring = createKeyRing(secretKeys);
      const temporal = await connectTemporal({ address: temporalAddress, namespace: 'default' }, ring);
      const taskQueue = `rig-${randomBytes(4).toString('hex')}`;
      const queues = taskQueues(taskQueue);
      const signals = createSignals(temporal.client, queues, timings);
      const wake: Wake = async (owed) => {
        for (const one of owed) {
          const [orderId, refundId] = one.subject.split('/') as [string, string];
          if (one.kind === 'order-export') await signals.orderExport(one.tenant, orderId);
          else if (one.kind === 'order-refund') await signals.orderRefund(one.tenant, orderId, refundId);
          else continue;
          await clearWakeUp(db, one);
        }
      };
      const tills = new Map<string, OpenTill>();
      const openTill: OpenTill = (tenant, priority) => tills.get(tenant)!(tenant, priority);
      const connection = await NativeConnection.connect({ address: temporalAddress });
      const worker = await Worker.create({
        connection,
        taskQueue: queues.interactive,
        workflowBundle: { codePath: bundlePath },
        activities: {
          ...createOrderExportActivities({ db, openTill, ring, wake }),
          ...createOrderRefundActivities({ db, openTill, ring, wake }),
        },
        dataConverter: createDataConverter(ring),
      });
      const run = worker.run();
      const config = readConfig({
        DATABASE_URL: databaseUrl,
        SECRET_KEYS: secretKeys,
        LIGHTSPEED_CLIENT_ID: 'unused',
        LIGHTSPEED_CLIENT_SECRET: 'unused',
        API_RATE_LIMIT_PER_MINUTE: '100000',
      });
      const log = createLogger('rig', 'silent');
      // What handlers of orders take of the API's parts.
      const parts = { db, wake, openTill, config, ring, log, metrics: createMetrics() } as unknown as ApiParts;
      const server = await listen(createApp(orderEndpoints, parts), '127.0.0.1', 0);
      const stopWorker = async () => {
        if (worker.getState() === 'RUNNING') worker.shutdown();
        await run;
      };
      await use({
        stopWorker,
        environment: {
          DATABASE_URL: databaseUrl,
          TEMPORAL_ADDRESS: temporalAddress,
          TASK_QUEUE: taskQueue,
          SECRET_KEYS: secretKeys,
          LOG_LEVEL: 'error',
        },
        db,
        tills,
        wake,
        client: temporal.client,
        async openShop(changes = {}) {
          const tenant = `shop-${randomBytes(4).toString('hex')}`;
          await db.insert(tenants).values({ tenant, name: tenant, timeZone: 'UTC', currency: 'USD' });
          const [row] = await db
            .insert(connections)
            .values({
              tenant,
              accountId: tenant,
              accountName: 'Quay',
              userName: 'Ada',
              employeeId: '1',
              state: 'active',
              accessExpiresAt: new Date(Date.now() + 3_600_000),
            })
            .returning({ id: connections.id });
          await db.insert(setups).values({
            tenant,
            orderExport: { ...settings, ...changes },
            sync: defaultSettings.sync,
            completedAt: new Date(),
          });
          const world = createMemoryTill(row!.id);
          tills.set(tenant, async () => world.till);
          const keyOf = async (role: 'storefront' | 'admin' | 'operator') =>
            (await createKey(db, tenant, { role, label: `the ${role}`, expiresAt: null })).key;
          const keys = {
            storefront: await keyOf('storefront'),
            admin: await keyOf('admin'),
            operator: await keyOf('operator'),
          };
          return {
            tenant,
            world,
            as: (role, method, path, body) =>
              callApi(`http://127.0.0.1:${server.port}`, method, `/v1/tenants/${tenant}${path}`, {
                key: keys[role],
                body,
              }),
          };
        },
        async stateOf(tenant, orderId) {
          const [ledger] = await db
            .select({ state: orderExports.state })
            .from(orderExports)
            .where(and(eq(orderExports.tenant, tenant), eq(orderExports.orderId, orderId)));
          return ledger!.state;
        },
      });
      await server.close();
      await stopWorker();
      await connection.close();
      await temporal.close();
      await close();
      await dropDatabase(adminUrl, name);
    },
    { scope: 'file' },
  ],
});
