import { expect } from 'vitest';
import { platformKey, test } from '../stack-test.ts';
import type { Answer } from './call-api.ts';
import { callApi, createTenant } from './call-api.ts';
import { routeRoles } from './route-roles.ts';

const roles = ['platform', 'admin', 'storefront', 'operator'] as const;
const unknownKey = `tb_admin_${'x'.repeat(43)}`;

interface Route {
  name: string;
  method: string;
  path: string;
}

async function routesOf(url: string): Promise<Route[]> {
  const { body } = await callApi(url, 'GET', '/openapi.json');
  return Object.entries(body['paths'] as Record<string, Record<string, unknown>>).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
    })),
  );
}

const nothing = '00000000-0000-4000-8000-000000000000';

/** A path with its names filled in: the tenant and others as given, all else by something that can't exist. */
function pathOf(route: Route, tenant: string, known: Record<string, string> = {}): string {
  return route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    name === 'tenant' ? tenant : (known[name] ?? nothing),
  );
}

/** An answer without what differs from request to request. */
const hintless = ({ status, body }: Answer) => ({ status, body: { ...body, requestId: '' } });

test('every route has somebody who may call it, decided on purpose', async ({ app }) => {
  const names = (await routesOf(app.url)).map((route) => route.name);
  expect(names.toSorted()).toEqual(Object.keys(routeRoles).toSorted());
});

test('no route answers without a key, nor tells whether one was never given out, has expired or was revoked', async ({
  app,
  db,
}) => {
  const { tenant, admin, storefront } = await createTenant(app.url, platformKey, 'locked');
  await db.execute(`update api_keys set expires_at = now() where id = '${admin.id}'`);
  await callApi(app.url, 'DELETE', `/v1/tenants/${tenant}/keys/${storefront.id}`, { key: platformKey });
  for (const route of await routesOf(app.url)) {
    if (routeRoles[route.name]?.length === 0) continue;
    const ask = (path: string, key?: string) => callApi(app.url, route.method, path, { key });
    const path = pathOf(route, tenant);
    const [without, nowhere, ...answers] = await Promise.all([
      ask(path),
      ask(pathOf(route, 'no-such-tenant'), unknownKey),
      ...[unknownKey, 'nonsense', admin.key, storefront.key].map((key) => ask(path, key)),
    ]);
    for (const answer of answers) {
      expect([route.name, answer.status, answer.body['code']]).toEqual([route.name, 401, 'unauthenticated']);
      expect(hintless(answer)).toEqual(hintless(nowhere));
    }
    expect([route.name, without.status]).toEqual([route.name, 401]);
    expect(without.headers.get('www-authenticate')).toContain('Bearer');
  }
});

test('no route answers a role that it is not for', async ({ app }) => {
  const keys = await createTenant(app.url, platformKey, 'roles');
  const keyOf = {
    platform: platformKey,
    admin: keys.admin.key,
    storefront: keys.storefront.key,
    operator: keys.operator.key,
  };
  for (const route of await routesOf(app.url)) {
    const allowed = routeRoles[route.name] ?? [];
    if (allowed.length === 0) continue;
    for (const role of roles.filter((one) => !allowed.includes(one))) {
      const answer = await callApi(app.url, route.method, pathOf(route, keys.tenant), { key: keyOf[role] });
      expect([route.name, role, answer.status, answer.body['code']]).toEqual([route.name, role, 403, 'forbidden']);
    }
  }
});

test('a role that a route is for gets past the door', async ({ app }) => {
  const keys = await createTenant(app.url, platformKey, 'welcome');
  const keyOf = {
    platform: platformKey,
    admin: keys.admin.key,
    storefront: keys.storefront.key,
    operator: keys.operator.key,
  };
  for (const route of await routesOf(app.url)) {
    for (const role of roles.filter((one) => routeRoles[route.name]?.includes(one))) {
      // A write without a body is refused for that, which is past the door.
      const answer = await callApi(app.url, route.method, `${pathOf(route, keys.tenant)}?door=1`, { key: keyOf[role] });
      expect([route.name, role, answer.status === 401 || answer.status === 403]).toEqual([route.name, role, false]);
    }
  }
});

test('a key of one tenant gets the same answer for another tenant as for one that does not exist', async ({ app }) => {
  const own = await createTenant(app.url, platformKey, 'insider');
  await createTenant(app.url, platformKey, 'neighbour');
  for (const route of (await routesOf(app.url)).filter(({ path }) => path.includes('{tenant}'))) {
    for (const { key } of [own.admin, own.storefront, own.operator]) {
      const [there, nowhere] = await Promise.all(
        ['neighbour', 'no-such-tenant'].map((tenant) => callApi(app.url, route.method, pathOf(route, tenant), { key })),
      );
      expect([route.name, there!.status]).toEqual([route.name, 404]);
      expect(hintless(there!)).toEqual(hintless(nowhere!));
    }
  }
});

test('what another tenant has can not be found by its id, under one’s own name', async ({ app, db }) => {
  const own = await createTenant(app.url, platformKey, 'curious');
  const { tenant, storefront } = await createTenant(app.url, platformKey, 'owner');
  const now = new Date().toISOString();
  const line = { lineId: 'a', sku: 'OWNED-MUG', description: 'Mug', quantity: 1, unitPrice: '15.00' };
  const order = { placedAt: now, updatedAt: now, currency: 'USD', total: '15.00', lines: [line] };
  const put = (path: string, body: unknown) =>
    callApi(app.url, 'PUT', `/v1/tenants/${tenant}${path}`, { key: storefront.key, body });
  expect((await put('/orders/OWNED-1001', order)).status).toBeLessThan(300);
  expect((await put('/catalog/items', { items: [{ sku: 'OWNED-MUG', description: 'Mug' }] })).status).toBeLessThan(300);
  const refund = { refundId: 'OWNED-R1', amount: '1.00', at: now };
  const refunded = `/v1/tenants/${tenant}/orders/OWNED-1001/refunded`;
  await callApi(app.url, 'POST', refunded, { key: storefront.key, body: refund });
  const [run] = await db.execute<{ id: string }>(
    `insert into sync_runs (tenant, trigger, mode, state) values ('${tenant}', 'schedule', 'poll', 'failed') returning id`,
  );
  const [event] = await db.execute<{ id: string }>(
    `insert into outbox (tenant, number, type, subject, data) values ('${tenant}', 900, 'sync.failed', 'sync', '{}') returning id`,
  );
  // A route with another name in its path needs a line here.
  const owned: Record<string, string> = {
    order: 'OWNED-1001',
    refund: 'OWNED-R1',
    sku: 'OWNED-MUG',
    run: run!.id,
    key: storefront.id,
    event: event!.id,
  };
  for (const route of (await routesOf(app.url)).filter(({ path }) => /\{tenant\}.*\{/.test(path))) {
    const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
    expect([route.name, names.filter((name) => name !== 'tenant' && !(name in owned))]).toEqual([route.name, []]);
    for (const key of [own.admin.key, own.storefront.key, own.operator.key, platformKey]) {
      const [theirs, nobodys] = await Promise.all(
        [owned, {}].map((known) => callApi(app.url, route.method, pathOf(route, own.tenant, known), { key })),
      );
      const unnamed = JSON.parse(
        Object.values(owned).reduce((text, id) => text.replaceAll(id, nothing), JSON.stringify(hintless(theirs!))),
      );
      expect([route.name, unnamed]).toEqual([route.name, hintless(nobodys!)]);
    }
  }
  const kept = await callApi(app.url, 'GET', `/v1/tenants/${tenant}/orders/OWNED-1001`, { key: storefront.key });
  expect(kept.status).toBe(200);
});

test('a revoked key stops working at once, an expired one by itself', async ({ app, db }) => {
  const { tenant, admin } = await createTenant(app.url, platformKey, 'leaver');
  const read = (key: string) => callApi(app.url, 'GET', `/v1/tenants/${tenant}/events`, { key });
  expect((await read(admin.key)).status).toBe(200);
  await callApi(app.url, 'DELETE', `/v1/tenants/${tenant}/keys/${admin.id}`, { key: platformKey });
  expect((await read(admin.key)).status).toBe(401);
  const expiresAt = new Date(Date.now() + 60_000).toISOString();
  const made = await callApi(app.url, 'POST', `/v1/tenants/${tenant}/keys`, {
    key: platformKey,
    body: { role: 'admin', label: 'for a minute', expiresAt },
  });
  const key = String(made.body['key']);
  expect((await read(key)).status).toBe(200);
  await db.execute(`update api_keys set expires_at = now() where id = '${String(made.body['id'])}'`);
  expect((await read(key)).status).toBe(401);
});

test('a key is shown once, says what it is, and tells when it was last used', async ({ app, db }) => {
  const { tenant, storefront } = await createTenant(app.url, platformKey, 'counter');
  expect(storefront.key).toMatch(/^tb_storefront_[A-Za-z0-9_-]{43}$/);
  await callApi(app.url, 'GET', `/v1/tenants/${tenant}/events`, { key: storefront.key });
  const list = await callApi(app.url, 'GET', `/v1/tenants/${tenant}/keys`, { key: platformKey });
  expect(list.text).not.toContain(storefront.key);
  expect(list.body['keys']).toContainEqual(
    expect.objectContaining({ id: storefront.id, role: 'storefront', lastUsedAt: expect.any(String) }),
  );
  const stored = await db.execute<{ row: string }>('select api_keys::text as row from api_keys');
  expect(stored.map(({ row }) => row).join()).not.toContain(storefront.key);
});

test('nobody can make a platform key through the API, nor one that has expired', async ({ app }) => {
  const { tenant } = await createTenant(app.url, platformKey, 'maker');
  for (const body of [
    { role: 'platform', label: 'x' },
    { role: 'admin', label: '' },
    { role: 'admin', label: 'x', expiresAt: '2020-01-01T00:00:00Z' },
    { role: 'admin', label: 'x', expiresAt: 'soon' },
  ]) {
    const answer = await callApi(app.url, 'POST', `/v1/tenants/${tenant}/keys`, { key: platformKey, body });
    expect(answer.status).toBe(422);
  }
});
