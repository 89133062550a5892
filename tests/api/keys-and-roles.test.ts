import { expect } from 'vitest';
import { platformKey, test } from '../stack-test.ts';
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

/** A path with its names filled in: the tenant as given, all else by something that can't exist. */
function pathOf(route: Route, tenant: string): string {
  return route.path.replaceAll(/\{(\w+)\}/g, (_, name) =>
    name === 'tenant' ? tenant : '00000000-0000-4000-8000-000000000000',
  );
}

test('every route has somebody who may call it, decided on purpose', async ({ app }) => {
  const names = (await routesOf(app.url)).map((route) => route.name);
  expect(names.toSorted()).toEqual(Object.keys(routeRoles).toSorted());
});

test('no route answers without a key, or with one that nobody gave out', async ({ app }) => {
  const { tenant } = await createTenant(app.url, platformKey, 'locked');
  for (const route of await routesOf(app.url)) {
    if (routeRoles[route.name]?.length === 0) continue;
    for (const key of [undefined, unknownKey, 'nonsense']) {
      const answer = await callApi(app.url, route.method, pathOf(route, tenant), { key });
      expect([route.name, answer.status, answer.body['code']]).toEqual([route.name, 401, 'unauthenticated']);
    }
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
      const hintless = ({ body }: { body: Record<string, unknown> }) => ({ ...body, requestId: '' });
      expect(hintless(there!)).toEqual(hintless(nowhere!));
    }
  }
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
