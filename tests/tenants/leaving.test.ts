import { readFile, writeFile } from 'node:fs/promises';
import type { WorkflowHandle } from '@temporalio/client';
import proto from '@temporalio/proto';
import { Worker } from '@temporalio/worker';
import { sql } from 'drizzle-orm';
import { expect, inject, onTestFinished } from 'vitest';
import { requestRemoval } from '../../db/tenants/request-removal.ts';
import { readEnvironment } from '../../runtime/config.ts';
import { createKeyRing } from '../../runtime/key-ring.ts';
import { createDataConverter } from '../../temporal/connect-temporal.ts';
import { callApi } from '../api/call-api.ts';
import { test as base } from '../setup/setup-test.ts';
import type { Shop } from '../shop.ts';
import { createShop } from '../shop.ts';
import { platformKey } from '../stack-test.ts';

const tenants = (url: string) => (method: string, path: string, body?: unknown) =>
  callApi(url, method, `/v1/tenants/${path}`, { key: platformKey, body });

const test = base.extend<{ rowsOf: (tenant: string) => Promise<Record<string, number>> }>({
  /** By table with a column `tenant`, as the database itself tells: how many rows are this tenant's; only those with any. */
  rowsOf: async ({ db }, use) => {
    await use(async (tenant) => {
      const tables = await db.execute<{ name: string }>(sql`
        select table_name as name from information_schema.columns
        where table_schema = 'public' and column_name = 'tenant'`);
      const rows: Record<string, number> = {};
      for (const { name } of tables) {
        const [found] = await db.execute<{ count: number }>(
          sql`select count(*)::int as count from ${sql.identifier(name)} where tenant = ${tenant}`,
        );
        if (found!.count > 0) rows[name] = found!.count;
      }
      return rows;
    });
  },
});

/** A shop in full swing: synced, with an order exported, one waiting, an event nobody takes, and a sale to begin. */
async function fillShop(shop: Shop): Promise<void> {
  const { admin, storefront } = shop;
  await storefront.expect('PUT', '/webhook', { url: 'http://127.0.0.1:9/nobody' });
  const item = { sku: 'MUG', description: 'Mug', gtin1: '036000291452', saleStart: '2036-01-01' };
  await storefront.expect('PUT', '/catalog/items', { items: [item] });
  await shop.connect('2'); // refused
  await shop.setUp();
  await admin.expect('POST', '/setup/connect', {}); // abandoned
  const now = new Date().toISOString();
  const line = { lineId: 'a', sku: 'NONE', description: 'Enamel mug', quantity: 1, unitPrice: '15.00' };
  const order = { placedAt: now, updatedAt: now, currency: 'USD', total: '15.00', email: 'jane@example.com' };
  for (const id of ['1001', '1002']) await storefront.expect('PUT', `/orders/${id}`, { ...order, lines: [line] });
  const payment = { paymentId: 'p1', amount: '15.00', method: 'card', capturedAt: now };
  await storefront.expect('POST', '/orders/1001/paid', payment);
  const stateOf = async () => (await admin.expect('GET', '/orders/1001'))['state'];
  await expect.poll(stateOf, { timeout: 40_000 }).toBe('exported');
  const ended = async () => (await admin.expect('GET', '/sync'))['lastGoodSyncAt'] !== null;
  await expect.poll(ended, { timeout: 40_000 }).toBe(true);
}

const { History } = proto.temporal.api.history.v1;
const stored = new URL('../histories/tenant-removal.pb', import.meta.url);

/** With `RECORD_HISTORIES=1`, writes the history anew: only for a new kind of run. */
async function recordHistory(handle: WorkflowHandle): Promise<void> {
  if (!readEnvironment()['RECORD_HISTORIES']) return;
  await handle.result();
  await writeFile(stored, History.encode(await handle.fetchHistory()).finish());
}

test('a removal begun before the last change of its workflow goes on after it', async () => {
  const dataConverter = createDataConverter(createKeyRing(`test:${Buffer.alloc(32, 7).toString('base64')}`));
  const workflowBundle = { codePath: inject('stack').bundlePath };
  const history = History.decode(await readFile(stored));
  await expect(Worker.runReplayHistory({ workflowBundle, dataConverter }, history)).resolves.toBeUndefined();
});

test('a removed retailer leaves nothing, its neighbour keeps all, and its name can be used anew', async ({
  app,
  sandbox,
  temporal,
  rowsOf,
}) => {
  const [leaver, neighbour] = (await Promise.all(
    ['shop-leaving', 'shop-staying'].map((tenant) => createShop(app.url, sandbox, tenant, platformKey)),
  )) as [Shop, Shop];
  await Promise.all([fillShop(leaver), fillShop(neighbour)]);
  const api = tenants(app.url);
  const open = async (tenant: string) => {
    const query = `TenantId = "${tenant}" AND ExecutionStatus = "Running"`;
    const found: string[] = [];
    for await (const { workflowId } of temporal.workflow.list({ query })) found.push(workflowId.split('/')[0]!);
    return found.toSorted();
  };
  const schedulesOf = async (tenant: string) => {
    const found: string[] = [];
    for await (const { scheduleId } of temporal.schedule.list())
      if (scheduleId.endsWith(`/${tenant}`)) found.push(scheduleId);
    return found;
  };
  const before = await rowsOf('shop-staying');
  expect(Object.keys(before)).toEqual(expect.arrayContaining(['orders', 'connections', 'webhooks', 'pos_items']));
  await expect
    .poll(() => open('shop-leaving'), { timeout: 40_000 })
    .toEqual(expect.arrayContaining(['notify', 'order-export']));
  const neighbours = await open('shop-staying');

  const asked = await api('DELETE', 'shop-leaving');
  expect(asked).toMatchObject({ status: 202, body: { tenant: 'shop-leaving', state: 'removing' } });
  expect((await leaver.admin.call('GET', '/setup')).status).toBe(401); // at once
  expect((await leaver.storefront.call('GET', '/listings')).status).toBe(401);
  expect(await api('PUT', 'shop-leaving', { name: 'x', timeZone: 'UTC', currency: 'USD' })).toMatchObject({
    status: 409,
    body: { code: 'tenant-removing' },
  });
  expect((await api('POST', 'shop-leaving/keys', { role: 'admin', label: 'x' })).status).toBe(409);
  expect((await api('DELETE', 'shop-leaving')).status).toBe(202); // again: the same
  const standing = async () => (await api('GET', 'shop-leaving/removal')).body['state'];
  await expect.poll(standing, { timeout: 40_000 }).toBe('removed');
  await recordHistory(temporal.workflow.getHandle('tenant-removal/shop-leaving'));

  expect(await rowsOf('shop-leaving')).toEqual({ tenant_removals: 1 });
  expect((await api('GET', 'shop-leaving/removal')).body).toEqual({
    tenant: 'shop-leaving',
    state: 'removed',
    requestedAt: expect.any(String),
    endedAt: expect.any(String),
    rowsErased: expect.any(Number),
    runsEnded: expect.any(Number),
    tokensRevoked: true,
  });
  await expect.poll(() => open('shop-leaving'), { timeout: 40_000 }).toEqual([]);
  await expect.poll(() => schedulesOf('shop-leaving'), { timeout: 40_000 }).toEqual([]);
  const { grants } = await leaver.till.global('GET', `/accounts/${leaver.accountId}/grants`);
  // The refused user's and the owner's; the first two come with the account.
  expect((grants as { isRevoked: boolean }[]).map(({ isRevoked }) => isRevoked)).toEqual([false, false, true, true]);
  expect((await api('GET', 'shop-leaving')).status).toBe(404);
  expect((await api('DELETE', 'shop-leaving')).status).toBe(404);

  expect(Object.keys(await rowsOf('shop-staying'))).toEqual(expect.arrayContaining(Object.keys(before)));
  expect(await open('shop-staying')).toEqual(expect.arrayContaining(neighbours.filter((kind) => kind !== 'notify')));
  expect((await schedulesOf('shop-staying')).length).toBe(3);
  expect((await neighbour.admin.call('GET', '/setup/options')).status).toBe(200);

  const anew = await createShop(app.url, sandbox, 'shop-leaving', platformKey);
  expect(await rowsOf('shop-leaving')).toEqual({ tenants: 1, api_keys: 3, tenant_removals: 1 });
  expect((await leaver.admin.call('GET', '/setup')).status).toBe(401); // the old key stays dead
  await anew.setUp();
  expect((await anew.admin.expect('GET', '/orders'))['orders']).toEqual([]);
}, 120_000);

test('a removal goes on after a crash between its commit and its start, and with Lightspeed down', async ({
  app,
  db,
  newWizard,
  temporal,
  rowsOf,
}) => {
  const wizard = await newWizard();
  await wizard.connect(wizard.owner);
  await wizard.breakTill('/auth/oauth/revoke');
  onTestFinished(() => wizard.mendTill());
  // As an API that dies right after the commit leaves it.
  expect(await requestRemoval(db, wizard.tenant, null)).toBe(true);
  const run = temporal.workflow.getHandle(`tenant-removal/${wizard.tenant}`);
  const details = async () => (await run.describe().catch(() => null))?.status.name;
  await expect.poll(details, { timeout: 40_000 }).toBe('RUNNING');
  const left = async () => (await rowsOf(wizard.tenant))['setups'] ?? 0;
  await expect.poll(left, { timeout: 40_000 }).toBe(0); // erased, although its tokens can't be revoked yet
  const read = () => tenants(app.url)('GET', `${wizard.tenant}/removal`);
  expect((await read()).body).toMatchObject({ state: 'removing', tokensRevoked: null });
  await wizard.mendTill();
  await expect
    .poll(async () => (await read()).body, { timeout: 40_000 })
    .toMatchObject({
      state: 'removed',
      tokensRevoked: true,
    });
  expect(await wizard.revokedOf(wizard.owner)).toBe(1);
});
