import { randomInt, randomUUID } from 'node:crypto';
import { locations } from '../../db/schema/inventory.ts';
import { orderStatuses } from '../../db/schema/orders.ts';
import { createKeyRing } from '../../runtime/key-ring.ts';
import { connectTemporal } from '../../temporal/connect-temporal.ts';
import type { Answer } from '../api/call-api.ts';
import { callApi, createTenant } from '../api/call-api.ts';
import { test as base, platformKey } from '../stack-test.ts';
import type { FakeLightspeed, FakeUser } from './fake-lightspeed.ts';
import { startFakeLightspeed } from './fake-lightspeed.ts';

/** A retailer in front of the wizard, with a Lightspeed account of its own. */
export interface Wizard {
  tenant: string;
  admin: FakeUser;
  clerk: FakeUser;
  get(path?: string): Promise<Answer>;
  put(step: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  post(action: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Clicks *Connect*, signs in as this user and comes back. */
  connect(user: FakeUser, options?: { body?: unknown; accept?: string }): Promise<Answer>;
  callback(query: string, accept?: string): Promise<Answer>;
  /** Does every step that is missing, and completes. */
  finish(): Promise<void>;
}

export const orderExportChoice = { mode: 'on', employeeId: '2', registerId: '5', defaultPaymentTypeId: '3' };

type Temporal = Awaited<ReturnType<typeof connectTemporal>>['client'];

export const test = base.extend<{
  lightspeed: FakeLightspeed;
  /** The app asks it only for its addresses and its client. */
  sandbox: FakeLightspeed;
  temporal: Temporal;
  newWizard: () => Promise<Wizard>;
  wizard: Wizard;
}>({
  lightspeed: [
    // oxlint-disable-next-line no-empty-pattern -- vitest reads a fixture's needs from this pattern
    async ({}, use) => {
      const lightspeed = await startFakeLightspeed();
      await use(lightspeed);
      await lightspeed.stop();
    },
    { scope: 'file' },
  ],
  sandbox: [async ({ lightspeed }, use) => use(lightspeed), { scope: 'file' }],
  temporal: [
    async ({ app }, use) => {
      const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace, SECRET_KEYS } = app.config;
      const { client, close } = await connectTemporal({ address, namespace }, createKeyRing(SECRET_KEYS));
      await use(client);
      await close();
    },
    { scope: 'file' },
  ],
  newWizard: async ({ app, db, lightspeed }, use) => {
    await use(async () => {
      const { tenant, admin } = await createTenant(app.url, platformKey, `shop-${randomUUID().slice(0, 8)}`);
      await db.insert(locations).values([
        { tenant, locationId: 'harbour', name: 'Harbour' },
        { tenant, locationId: 'hill', name: 'Hill' },
      ]);
      await db.insert(orderStatuses).values({ tenant, code: 'in-till', name: 'In the till' });
      return createWizard(app.url, lightspeed, tenant, admin.key);
    });
  },
  wizard: async ({ newWizard }, use) => use(await newWizard()),
});

function createWizard(url: string, lightspeed: FakeLightspeed, tenant: string, key: string): Wizard {
  const path = (rest: string) => `/v1/tenants/${tenant}/setup${rest}`;
  const accountId = String(randomInt(100_000, 2_000_000_000));
  const callback = (query: string, accept = 'application/json') =>
    callApi(url, 'GET', `/oauth/callback?${query}`, { headers: { accept } });
  const wizard: Wizard = {
    tenant,
    admin: { accountId, firstName: 'Ann', lastName: 'Owner', isAdmin: true },
    clerk: { accountId, firstName: 'Bob', lastName: 'Clerk', isAdmin: false },
    get: (rest = '') => callApi(url, 'GET', path(rest), { key }),
    put: (step, body, headers = {}) => callApi(url, 'PUT', path(`/${step}`), { key, body, headers }),
    post: (action, body, headers = {}) => callApi(url, 'POST', path(`/${action}`), { key, body, headers }),
    callback,
    async connect(user, { body = {}, accept } = {}) {
      const begun = await wizard.post('connect', body);
      return callback(lightspeed.signIn(String(begun.body['authorizationUrl']), user), accept);
    },
    async finish() {
      const answers = [
        await wizard.connect(wizard.admin),
        await wizard.put('stores', { stores: [{ shopId: '1', locationId: 'harbour' }] }),
        await wizard.put('import-settings', {}),
        await wizard.put('pricing', { enabled: true, regularPriceLevelId: '1' }),
        await wizard.put('order-export', orderExportChoice),
        await wizard.post('complete'),
      ];
      const failed = answers.find((answer) => answer.status !== 200);
      if (failed) throw new Error(`a step of the wizard failed: ${failed.status} ${failed.text}`);
    },
  };
  return wizard;
}
