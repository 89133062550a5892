import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { eq, sql } from 'drizzle-orm';
import { test as base, expect, inject, onTestFinished } from 'vitest';
import { openDatabase } from '../../db/database.ts';
import { attention, outbox } from '../../db/schema/notify.ts';
import { connections } from '../../db/schema/setup.ts';
import { tenants } from '../../db/schema/tenants.ts';
import { createTokenStore } from '../../db/setup/token-store.ts';
import { createExchange } from '../../lightspeed/http/create-exchange.ts';
import { LightspeedError } from '../../lightspeed/lightspeed-error.ts';
import { createOAuthClient } from '../../lightspeed/oauth-client.ts';
import { createKeyRing } from '../../runtime/key-ring.ts';
import { startSandbox } from '../../sandbox/r-series/start-sandbox.ts';
import { createDatabase, dropDatabase } from '../../sandbox/stack/create-database.ts';

const ring = createKeyRing(`test:${Buffer.alloc(32, 7).toString('base64')}`);
const options = { exchangeTimeoutMs: 2_000, wake: async () => {} };

const test = base.extend<{
  url: string;
  db: ReturnType<typeof openDatabase>['db'];
  tenant: string;
  connectionId: string;
}>({
  url: [
    async ({}, use) => {
      const { adminUrl, templateName } = inject('stack');
      const name = `test_${randomBytes(6).toString('hex')}`;
      await use(await createDatabase(adminUrl, name, templateName));
      await dropDatabase(adminUrl, name);
    },
    { scope: 'file' },
  ],
  db: [
    async ({ url }, use) => {
      const { db, close } = openDatabase(url);
      await use(db);
      await close();
    },
    { scope: 'file' },
  ],
  tenant: async ({ db }, use) => {
    const tenant = `shop-${randomUUID().slice(0, 8)}`;
    await db.insert(tenants).values({ tenant, name: tenant, timeZone: 'UTC', currency: 'USD' });
    await use(tenant);
  },
  connectionId: async ({ db, tenant }, use) => {
    const [row] = await db
      .insert(connections)
      .values({
        tenant,
        accountId: randomUUID(),
        accountName: 'Harbour Bikes',
        userName: 'Ada Moss',
        employeeId: '2',
        state: 'active',
        accessToken: ring.seal('access-1', `${tenant}/connections.accessToken`),
        refreshToken: ring.seal('refresh-1', `${tenant}/connections.refreshToken`),
        accessExpiresAt: new Date(Date.now() + 1_800_000),
      })
      .returning({ id: connections.id });
    await use(row!.id);
  },
});

/** An authorization server that rotates: each refresh token is good until its successor's access token is used. */
function createServer() {
  const server = {
    valid: 'refresh-1',
    exchanges: 0,
    exchange: async (refreshToken: string) => {
      await sleep(50);
      if (refreshToken !== server.valid) return null;
      server.exchanges += 1;
      return {
        accessToken: `access-${server.exchanges + 1}`,
        refreshToken: `refresh-${server.exchanges + 1}`,
        expiresInMs: 1_800_000,
      };
    },
  };
  return server;
}

test('eight callers who see the same token refused cause one refresh, and all get the new pair', async ({
  url,
  db,
  tenant,
  connectionId,
}) => {
  const others = [openDatabase(url), openDatabase(url), openDatabase(url)];
  const processes = [db, ...others.map((other) => other.db)].map((each) => createTokenStore(each, ring, options));
  const server = createServer();
  const callers = [...processes, ...processes].map((store) => store.refresh(tenant, connectionId, 1, server.exchange));
  for (const outcome of await Promise.all(callers)) {
    expect(outcome).toMatchObject({ kind: 'active', tokens: { accessToken: 'access-2', tokenVersion: 2 } });
  }
  expect(server.exchanges).toBe(1);
  await Promise.all(others.map((other) => other.close()));
});

test('the new pair is committed before it is given out, and nothing of it is readable in the database', async ({
  db,
  tenant,
  connectionId,
}) => {
  const store = createTokenStore(db, ring, options);
  await store.refresh(tenant, connectionId, 1, createServer().exchange);
  const [row] = await db.select().from(connections).where(eq(connections.id, connectionId));
  expect(ring.open(row!.refreshToken!, `${tenant}/connections.refreshToken`)).toBe('refresh-2');
  expect(JSON.stringify(row)).not.toMatch(/access-2|refresh-2/);
});

test('a crash between receiving a pair and storing it loses nothing: the old refresh token is tried again', async ({
  url,
  db,
  tenant,
  connectionId,
}) => {
  const crashing = openDatabase(url, { maxConnections: 1 });
  const server = createServer();
  const lostPair = createTokenStore(crashing.db, ring, options).refresh(
    tenant,
    connectionId,
    1,
    async (refreshToken) => {
      const pair = await server.exchange(refreshToken);
      // The process dies with the pair in hand: its session ends, and with it its lock.
      await db.execute(`select pg_terminate_backend(pid) from pg_stat_activity
      where state = 'idle in transaction' and datname = current_database()`);
      return pair;
    },
  );
  await expect(lostPair).rejects.toThrow();
  const outcome = await createTokenStore(db, ring, options).refresh(tenant, connectionId, 1, server.exchange);
  expect(outcome).toMatchObject({ kind: 'active', tokens: { tokenVersion: 2 } });
  await crashing.close();
});

test('R36: a dead refresh token marks the connection lost, once, and says what to do', async ({
  db,
  tenant,
  connectionId,
}) => {
  const store = createTokenStore(db, ring, options);
  const dead = async () => null;
  expect(await store.refresh(tenant, connectionId, 1, dead)).toEqual({ kind: 'lost' });
  expect(await store.refresh(tenant, connectionId, 1, dead)).toEqual({ kind: 'lost' });
  expect(await store.current(tenant)).toEqual({ kind: 'lost' });
  const open = await db.select().from(attention).where(eq(attention.tenant, tenant));
  expect(open).toMatchObject([{ subjectKind: 'connection', subjectId: connectionId, code: 'connection-lost' }]);
  const events = await db.select({ type: outbox.type }).from(outbox).where(eq(outbox.tenant, tenant));
  expect(events.filter(({ type }) => type === 'connection.lost')).toHaveLength(1);
});

test('while the authorization server is down the pair stays, and it is not hammered', async ({
  db,
  tenant,
  connectionId,
}) => {
  const store = createTokenStore(db, ring, options);
  let calls = 0;
  const down = async () => {
    calls += 1;
    throw new Error('down');
  };
  await expect(store.refresh(tenant, connectionId, 1, down)).rejects.toThrow('down');
  expect(await store.refresh(tenant, connectionId, 1, down)).toMatchObject({ kind: 'later' });
  expect(calls).toBe(1);
  expect(await store.current(tenant)).toMatchObject({ kind: 'active', tokens: { accessToken: 'access-1' } });
});

test('R4: a connection that was replaced is refreshed and read no more', async ({ db, tenant, connectionId }) => {
  const store = createTokenStore(db, ring, options);
  await db.update(connections).set({ state: 'replaced' }).where(eq(connections.id, connectionId));
  const server = createServer();
  expect(await store.read(tenant, connectionId)).toEqual({ kind: 'none' });
  expect(await store.refresh(tenant, connectionId, 1, server.exchange)).toEqual({ kind: 'none' });
  expect(server.exchanges).toBe(0);
});

test('a pair refused after a refresh marks the connection lost only if no newer pair has come', async ({
  db,
  tenant,
  connectionId,
}) => {
  const store = createTokenStore(db, ring, options);
  await store.refresh(tenant, connectionId, 1, createServer().exchange);
  await store.markLost(tenant, connectionId, 1, 'access-refused');
  expect(await store.current(tenant)).toMatchObject({ kind: 'active' });
  await store.markLost(tenant, connectionId, 2, 'access-refused');
  expect(await store.current(tenant)).toEqual({ kind: 'lost' });
});

test('a pair refused right after its refresh is not refreshed again at once, however many callers meet that', async ({
  db,
  tenant,
  connectionId,
}) => {
  const server = createServer();
  const store = createTokenStore(db, ring, options);
  await store.refresh(tenant, connectionId, 1, server.exchange);
  server.valid = 'refresh-2';
  for (let caller = 0; caller < 3; caller += 1) {
    expect(await store.refresh(tenant, connectionId, 2, server.exchange)).toMatchObject({ kind: 'later' });
  }
  expect(server.exchanges).toBe(1);
  const rested = { refreshedAt: sql`${connections.refreshedAt} - interval '15 seconds'` };
  await db.update(connections).set(rested).where(eq(connections.id, connectionId));
  expect(await store.refresh(tenant, connectionId, 2, server.exchange)).toMatchObject({ kind: 'active' });
});

test("another tenant's id reaches nobody's tokens", async ({ db, tenant, connectionId }) => {
  const store = createTokenStore(db, ring, options);
  expect(await store.read(`${tenant}-other`, connectionId)).toEqual({ kind: 'none' });
});

type Db = ReturnType<typeof openDatabase>['db'];

/** The till's own authorization server, for a connection with a pair of its. */
async function connectTill(db: Db, tenant: string, connectionId: string, position: 'on-first-use' | 'at-once') {
  const switches = { 'refresh-revocation': position };
  const till = await startSandbox({ port: 0, items: 1, seed: 1, unlimited: true, switches });
  onTestFinished(till.stop);
  const accessToken = ring.seal(till.accessToken, `${tenant}/connections.accessToken`);
  const refreshToken = ring.seal(till.refreshToken, `${tenant}/connections.refreshToken`);
  await db.update(connections).set({ accessToken, refreshToken }).where(eq(connections.id, connectionId));
  const { authUrl, clientId, clientSecret } = till;
  const oauth = createOAuthClient({ authUrl, clientId, clientSecret, exchange: createExchange({ timeoutMs: 2_000 }) });
  const exchange = (token: string) =>
    oauth.refresh(token).catch((error: unknown) => {
      if (LightspeedError.is(error, 'invalid-grant')) return null;
      throw error;
    });
  return {
    ...till,
    exchange,
    /** The pair is received, and the process dies before it is stored. */
    dyingExchange: async (token: string) => {
      const pair = await exchange(token);
      await db.execute(sql`select pg_terminate_backend(pid) from pg_stat_activity
        where state = 'idle in transaction' and datname = current_database()`);
      return pair;
    },
    async isHonoured(token: string) {
      const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
      return (await fetch(`${till.apiUrl}/Session.json`, { headers })).ok;
    },
    refreshes: () => till.world.log.list().filter(({ grantType }) => grantType === 'refresh_token').length,
  };
}

const tokenOf = (outcome: object) => (outcome as { tokens: { accessToken: string } }).tokens.accessToken;

test('with the old pair alive until first use, a pair received and not stored costs one more refresh', async ({
  url,
  db,
  tenant,
  connectionId,
}) => {
  const till = await connectTill(db, tenant, connectionId, 'on-first-use');
  const dying = openDatabase(url, { maxConnections: 1 });
  await expect(
    createTokenStore(dying.db, ring, options).refresh(tenant, connectionId, 1, till.dyingExchange),
  ).rejects.toThrow();
  const stores = [db, db, db].map((each) => createTokenStore(each, ring, options));
  const outcomes = await Promise.all(stores.map((store) => store.refresh(tenant, connectionId, 1, till.exchange)));
  expect(new Set(outcomes.map(tokenOf)).size).toBe(1);
  expect(await till.isHonoured(tokenOf(outcomes[0]!))).toBe(true);
  expect(till.refreshes()).toBe(2);
  expect(await till.exchange(till.refreshToken)).toBeNull(); // dead since that use
  await dying.close();
});

test('with the old pair dead at once, a pair received and not stored is told as lost, and nobody asks again', async ({
  url,
  db,
  tenant,
  connectionId,
}) => {
  const till = await connectTill(db, tenant, connectionId, 'at-once');
  const dying = openDatabase(url, { maxConnections: 1 });
  await expect(
    createTokenStore(dying.db, ring, options).refresh(tenant, connectionId, 1, till.dyingExchange),
  ).rejects.toThrow();
  const stores = [db, db, db].map((each) => createTokenStore(each, ring, options));
  for (let round = 0; round < 3; round += 1) {
    const outcomes = await Promise.all(stores.map((store) => store.refresh(tenant, connectionId, 1, till.exchange)));
    expect(outcomes).toEqual(stores.map(() => ({ kind: 'lost' })));
  }
  expect(till.refreshes()).toBe(2);
  const open = await db.select().from(attention).where(eq(attention.tenant, tenant));
  expect(open).toMatchObject([{ code: 'connection-lost', resolvedAt: null }]);
  await dying.close();
});

test.for(['on-first-use', 'at-once'] as const)(
  'a pair stored and not yet used is what the next process uses, with revocation %s',
  async (position, { db, tenant, connectionId }) => {
    const till = await connectTill(db, tenant, connectionId, position);
    await createTokenStore(db, ring, options).refresh(tenant, connectionId, 1, till.exchange);
    const reading = await createTokenStore(db, ring, options).read(tenant, connectionId);
    expect(await till.isHonoured(tokenOf(reading))).toBe(true);
    await db.update(connections).set({ accessExpiresAt: new Date() }).where(eq(connections.id, connectionId));
    const next = await createTokenStore(db, ring, options).refresh(tenant, connectionId, 2, till.exchange);
    expect(await till.isHonoured(tokenOf(next))).toBe(true);
    expect(till.refreshes()).toBe(2);
  },
);

test('processes that die in every refresh meet the limit of five retries a minute, rest, and lose nothing', async ({
  url,
  db,
  tenant,
  connectionId,
}) => {
  const till = await connectTill(db, tenant, connectionId, 'on-first-use');
  const closing: Promise<void>[] = [];
  for (let death = 0; death < 6; death += 1) {
    const dying = openDatabase(url, { maxConnections: 1 });
    await expect(
      createTokenStore(dying.db, ring, options).refresh(tenant, connectionId, 1, till.dyingExchange),
    ).rejects.toThrow();
    closing.push(dying.close()); // takes 5 s
  }
  const store = createTokenStore(db, ring, options);
  await expect(store.refresh(tenant, connectionId, 1, till.exchange)).rejects.toMatchObject({ kind: 'rate-limited' });
  for (let ask = 0; ask < 3; ask += 1) {
    expect(await store.refresh(tenant, connectionId, 1, till.exchange)).toMatchObject({ kind: 'later' });
  }
  expect(till.refreshes()).toBe(7);
  till.world.clock.advance(61);
  const failed = { refreshFailedAt: sql`${connections.refreshFailedAt} - interval '1 minute'` };
  await db.update(connections).set(failed).where(eq(connections.id, connectionId));
  const outcome = await store.refresh(tenant, connectionId, 1, till.exchange);
  expect(await till.isHonoured(tokenOf(outcome))).toBe(true);
  await Promise.all(closing);
});
