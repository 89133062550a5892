import { randomUUID } from 'node:crypto';
import { locations } from '../../db/schema/inventory.ts';
import { orderStatuses } from '../../db/schema/orders.ts';
import type { Answer } from '../api/call-api.ts';
import { callApi } from '../api/call-api.ts';
import type { Shop, Till } from '../shop.ts';
import { createShop, webOrderExport } from '../shop.ts';
import { test as base, platformKey } from '../stack-test.ts';
import type { Browser, TillUser } from './browser.ts';
import { createBrowser } from './browser.ts';

/** A retailer in front of the wizard, with a Lightspeed account of its own. */
export interface Wizard {
  tenant: string;
  shop: Shop;
  /** The admin's. */
  key: string;
  till: Till;
  /** Has the Admin right. */
  owner: TillUser;
  /** Has every right but Admin. */
  manager: TillUser;
  browser: Browser;
  get(path?: string): Promise<Answer>;
  put(step: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  post(action: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Clicks *Connect*. @returns where that leads. */
  begin(body?: unknown): Promise<string>;
  /** Clicks *Connect*, signs in as this user and comes back. */
  connect(user: TillUser, options?: { body?: unknown; accept?: string }): Promise<Answer>;
  /** @param key comes along where no browser calls. */
  callback(query: string, accept?: string, key?: string): Promise<Answer>;
  /** What a person is asked to decide. */
  attention(): Promise<Record<string, unknown>[]>;
  /** How many sign-ins of this user's Lightspeed has been told to forget. */
  revokedOf(user: TillUser): Promise<number>;
  /** Answers 503 to every call to this path of the till, for every account, until it is mended. */
  breakTill(path: string, count?: number): Promise<void>;
  mendTill(): Promise<void>;
  /** Does every step that is missing, and completes. */
  finish(): Promise<void>;
}

export const orderExportChoice = webOrderExport;
/** The first step after connecting, as small as it may be. */
export const oneStore = { stores: [{ shopId: '1', locationId: 'harbour' }] };

export const test = base.extend<{
  newWizard: () => Promise<Wizard>;
  wizard: Wizard;
}>({
  newWizard: async ({ app, db, sandbox }, use) => {
    const wizards: Wizard[] = [];
    await use(async () => {
      const shop = await createShop(app.url, sandbox, `shop-${randomUUID().slice(0, 8)}`, platformKey);
      const { tenant } = shop;
      await db.insert(locations).values([
        { tenant, locationId: 'harbour', name: 'Harbour' },
        { tenant, locationId: 'hill', name: 'Hill' },
      ]);
      await db.insert(orderStatuses).values({ tenant, code: 'in-till', name: 'In the till' });
      const wizard = await createWizard(app.url, shop);
      wizards.push(wizard);
      return wizard;
    });
    // Those for all accounts too, but not those of tests that run beside it.
    const { faults } = sandbox.world;
    const own = wizards.map(({ shop }) => Number(shop.accountId));
    const left = faults.list().filter(({ rule }) => rule.account === undefined || own.includes(rule.account));
    faults.remove(left.map(({ id }) => id));
  },
  wizard: async ({ newWizard }, use) => use(await newWizard()),
});

async function createWizard(url: string, shop: Shop): Promise<Wizard> {
  const { tenant, accountId, platform, till } = shop;
  // A key that the tests see, so that they can send headers of their own.
  const { key } = (await platform.expect('POST', '/keys', { role: 'admin', label: 'wizard' })) as { key: string };
  const path = (rest: string) => `/v1/tenants/${tenant}/setup${rest}`;
  const browser = createBrowser();
  const wizard: Wizard = {
    tenant,
    shop,
    key,
    till,
    owner: { accountId, employeeId: '1' },
    manager: { accountId, employeeId: '2' },
    browser,
    get: (rest = '') => callApi(url, 'GET', path(rest), { key }),
    put: (step, body, headers = {}) => callApi(url, 'PUT', path(`/${step}`), { key, body, headers }),
    post: (action, body, headers = {}) => callApi(url, 'POST', path(`/${action}`), { key, body, headers }),
    async begin(body = {}) {
      return String((await wizard.post('connect', body)).body['authorizationUrl']);
    },
    async connect(user, { body, accept } = {}) {
      return wizard.callback(await browser.approve(await wizard.begin(body), user), accept);
    },
    callback: (query, accept = 'application/json', callerKey?: string) =>
      callApi(url, 'GET', `/oauth/callback?${query}`, { headers: { accept }, key: callerKey }),
    async attention() {
      const answer = await callApi(url, 'GET', `/v1/tenants/${tenant}/attention`, { key });
      return answer.body['attention'] as Record<string, unknown>[];
    },
    async revokedOf(user) {
      const { grants } = await till.global('GET', `/accounts/${user.accountId}/grants`);
      const signIns = grants as { employeeId: string; isRevoked: boolean }[];
      return signIns.filter(({ employeeId, isRevoked }) => isRevoked && employeeId === user.employeeId).length;
    },
    async breakTill(faultyPath, count = 0) {
      await till.global('POST', '/faults', { fault: { kind: 'status', status: 503 }, path: faultyPath, count });
    },
    async mendTill() {
      await till.global('DELETE', '/faults');
    },
    async finish() {
      const answers = [
        await wizard.connect(wizard.owner),
        await wizard.put('stores', oneStore),
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
