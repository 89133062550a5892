import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { test as base, expect, inject } from 'vitest';
import { openDatabase } from '../../db/database.ts';
import { connections } from '../../db/schema/setup.ts';
import { tenants } from '../../db/schema/tenants.ts';
import { createRateBudget } from '../../db/setup/rate-budget.ts';
import { createTokenStore } from '../../db/setup/token-store.ts';
import { createReadAccount } from '../../lightspeed/create-read-account.ts';
import { createOpenTill } from '../../lightspeed/create-till.ts';
import { createExchange } from '../../lightspeed/http/create-exchange.ts';
import { createOAuthClient } from '../../lightspeed/oauth-client.ts';
import type { NewSale } from '../../lightspeed/till.ts';
import { createKeyRing } from '../../runtime/key-ring.ts';
import { createLogger } from '../../runtime/logger.ts';
import { FaultRule } from '../../sandbox/r-series/faults/fault-rules.ts';
import { startSandbox } from '../../sandbox/r-series/start-sandbox.ts';
import { createDatabase, dropDatabase } from '../../sandbox/stack/create-database.ts';

const timeScale = 20;
const itemCount = 8_000;
const tenant = 'acme';

/** The real client, token store and budget on the sandbox with its limiter on, twenty times as fast as the till. */
async function connect(databaseUrl: string) {
  const sandbox = await startSandbox({ port: 0, items: itemCount, seed: 1, registers: 1, timeScale });
  const { db, close } = openDatabase(databaseUrl);
  const { apiUrl, authUrl, clientId, clientSecret, accountId, accessToken, refreshToken } = sandbox;
  const ring = createKeyRing(`test:${Buffer.alloc(32, 7).toString('base64')}`);
  const log = createLogger('test', 'silent');
  const exchange = createExchange({ timeoutMs: 5_000 });
  const oauth = createOAuthClient({ authUrl, clientId, clientSecret, exchange });
  const tokens = createTokenStore(db, ring, { exchangeTimeoutMs: 5_000, wake: async () => {} });
  const budget = createRateBudget(db, { timeScale });
  await db.insert(tenants).values({ tenant, name: tenant, timeZone: 'UTC', currency: 'USD' });
  const seal = (token: string, column: string) => ring.seal(token, `${tenant}/connections.${column}`);
  await db.insert(connections).values({
    tenant,
    accountId,
    accountName: 'Sandbox',
    userName: 'Owner',
    employeeId: '1',
    state: 'active',
    accessToken: seal(accessToken, 'accessToken'),
    refreshToken: seal(refreshToken, 'refreshToken'),
    accessExpiresAt: new Date(Date.now() + 1_800_000),
  });
  return {
    sandbox,
    accountId,
    oauth,
    tokens,
    openTill: createOpenTill({ apiUrl, oauth, tokens, budget, log, exchange }),
    readAccount: createReadAccount({ apiUrl, budget, log, exchange }),
    /** Moves the till's clock on, and makes the last refresh as old as it then is: ours does not move. */
    passHours: async (hours: number) => {
      sandbox.world.clock.advance(hours * 3_600);
      await db.update(connections).set({ refreshedAt: sql`refreshed_at - ${hours} * interval '1 hour'` });
    },
    async close() {
      await close();
      await sandbox.stop();
    },
  };
}

const test = base.extend<{ installation: Awaited<ReturnType<typeof connect>> }>({
  installation: [
    async ({}, use) => {
      const { adminUrl, templateName } = inject('stack');
      const name = `test_${randomBytes(6).toString('hex')}`;
      const installation = await connect(await createDatabase(adminUrl, name, templateName));
      await use(installation);
      await installation.close();
      await dropDatabase(adminUrl, name);
    },
    { scope: 'file' },
  ],
});

const write = () => ({ signal: AbortSignal.timeout(20_000), beforeSend: async () => {}, maySend: () => true });
const newSale = (referenceNumber: string, more: Partial<NewSale> = {}): NewSale => ({
  completed: true,
  employeeId: '1',
  registerId: '1',
  shopId: '1',
  customerId: null,
  referenceNumber,
  referenceNumberSource: 'tillbridge:acme',
  taxCategoryId: null,
  lines: [
    { itemId: '5', quantity: 2, unitPrice: '18', tax: false },
    { itemId: null, note: 'Gift wrap', quantity: 1, unitPrice: '2.50', tax: false },
  ],
  payments: [{ paymentTypeId: '3', amount: '38.50', remoteReference: `pay-${referenceNumber}` }],
  ...more,
});

async function firstOf<Page>(pages: AsyncIterable<Page>): Promise<Page> {
  for await (const page of pages) return page;
  throw new Error('no page');
}

test('R2: an account just granted says who signed in and with which rights', async ({ installation }) => {
  const { readAccount, accountId, sandbox } = installation;
  const owner = await readAccount({ accountId, accessToken: sandbox.accessToken }).session();
  expect(owner.rights['admin']).toBe(true);
  expect(owner.userName).not.toBe('');
  const stranger = readAccount({ accountId, accessToken: 'none' });
  await expect(stranger.session()).rejects.toMatchObject({ kind: 'unauthorised' });
});

test("the account's lists are read whole", async ({ installation }) => {
  const till = await installation.openTill(tenant, 'interactive');
  const lists = await Promise.all([
    till.shops(),
    till.employees(),
    till.registers(),
    till.priceLevels(),
    till.paymentTypes(),
    till.taxCategories(),
    till.manufacturers(),
  ]);
  for (const list of lists) expect(list.length).toBeGreaterThan(0);
  expect(await till.countItems()).toBe(itemCount);
  expect((await till.itemsById(['1', '2', '3'])).map(({ itemId }) => itemId).sort()).toEqual(['1', '2', '3']);
});

test('a full pull reads every item once and draws no 429, and an order goes through it', async ({ installation }) => {
  const bulk = await installation.openTill(tenant, 'bulk');
  const order = await installation.openTill(tenant, 'order');
  const seen: string[] = [];
  let posting: Promise<unknown> | undefined;
  for await (const page of bulk.allItemPages(null, {})) {
    seen.push(...page.rows.map(({ itemId }) => itemId));
    if (seen.length === 6_000) posting = order.createSale(newSale('in-the-middle'), write());
  }
  expect(seen).toHaveLength(itemCount);
  expect(new Set(seen).size).toBe(itemCount);
  expect(await posting).toMatchObject({ completed: true, balance: '0' });
});

test('a pull goes on from the cursor of its last page', async ({ installation }) => {
  const till = await installation.openTill(tenant, 'bulk');
  const first = await firstOf(till.allItemPages(null, {}));
  const second = await firstOf(till.allItemPages(first.next, {}));
  expect(second.rows.map(({ itemId }) => itemId).slice(0, 2)).toEqual(['101', '102']);
});

test('a sale is what was posted, found by its reference, and refused in words when it is not paid', async ({
  installation,
}) => {
  const till = await installation.openTill(tenant, 'order');
  const posted = await till.createSale(newSale('1001'), write());
  expect(posted).toMatchObject({ completed: true, calcTotal: '38.5', calcPayments: '38.5', balance: '0' });
  const { sales } = await till.salesByReference('1001', 'tillbridge:acme');
  expect(sales.map(({ saleId }) => saleId)).toEqual([posted.saleId]);
  expect(await till.sale(posted.saleId)).toMatchObject({ ticketNumber: posted.ticketNumber });
  expect(await till.sale('999999')).toBeNull();
  const unpaid = till.createSale(newSale('1002', { payments: [] }), write());
  await expect(unpaid).rejects.toMatchObject({ kind: 'refused', status: 400 });
});

test('an open sale is completed by its payments alone', async ({ installation }) => {
  const till = await installation.openTill(tenant, 'order');
  const open = await till.createSale(newSale('1003', { completed: false, payments: [] }), write());
  expect(open).toMatchObject({ completed: false, completedAt: null, calcTotal: '38.5' });
  const payments = [{ paymentTypeId: '3', amount: open.calcTotal, remoteReference: 'pay-1003' }];
  expect(await till.completeSale(open.saleId, payments, write())).toMatchObject({ completed: true, calcTotal: '38.5' });
});

test('R30: a customer is found by e-mail, whatever its case', async ({ installation }) => {
  const till = await installation.openTill(tenant, 'order');
  const address = { address1: '1 Quay', city: 'Halifax' };
  const ada = { firstName: 'Ada', lastName: 'Moss', email: 'Ada@Shop.example', address };
  const customerId = await till.createCustomer(ada, write());
  expect(await till.customersByEmail('ada@shop.EXAMPLE')).toMatchObject([{ customerId, archived: false }]);
  expect(await till.customersByEmail('nobody@shop.example')).toEqual([]);
});

const refreshed = ['on-first-use', 'at-once'] as const;
const shapes = ['new', 'old'] as const;

test.for(refreshed.flatMap((revocation) => shapes.map((shape) => [revocation, shape] as const)))(
  'an expired token seen by eight callers is refreshed once; old refresh token revoked %s, 401 of the %s shape',
  async ([revocation, shape], { installation: { sandbox, tokens, openTill, passHours } }) => {
    const { switches } = sandbox.world;
    switches.set('refresh-revocation', revocation);
    switches.set('auth-401', shape);
    const till = await openTill(tenant, 'order');
    const before = await tokens.current(tenant);
    await passHours(2);
    for (const shops of await Promise.all(Array.from({ length: 8 }, () => till.shops()))) {
      expect(shops.length).toBeGreaterThan(0);
    }
    const after = await tokens.current(tenant);
    if (before.kind !== 'active' || after.kind !== 'active') throw new Error('the connection is lost');
    expect(after.tokens.tokenVersion).toBe(before.tokens.tokenVersion + 1);
  },
);

test.for([
  ['reset', 'before-commit', 0],
  ['reset', 'after-commit', 1],
  ['status', 'after-commit', 1],
] as const)(
  'a sale answered by a %s %s is in doubt, and a look-up says whether it is there',
  async (fault, { installation }) => {
    const [kind, when, saleCount] = fault;
    const { sandbox, openTill } = installation;
    const till = await openTill(tenant, 'order');
    const number = `fault-${kind}-${when}`;
    sandbox.world.faults.add(FaultRule.parse({ fault: { kind, when }, method: 'POST', path: 'Sale' }));
    await expect(till.createSale(newSale(number), write())).rejects.toMatchObject({
      kind: 'in-doubt',
      retryable: false,
    });
    expect((await till.salesByReference(number, 'tillbridge:acme')).sales).toHaveLength(saleCount);
  },
);

test.for([
  ['truncated-json', {}, 'malformed'],
  ['repeated-cursor', {}, 'malformed'],
  ['missing-field', { field: 'upc' }, 'malformed'],
  ['foreign-next', {}, 'wrong-host'],
  ['rate-limit', {}, 'rate-limited'],
  ['reset', {}, 'unavailable'],
] as const)('a pull that meets a %s stops there, and goes on from its last page', async (fault, { installation }) => {
  const [kind, details, expected] = fault;
  const { sandbox, openTill } = installation;
  const till = await openTill(tenant, 'bulk');
  const { next } = await firstOf(till.allItemPages(null, {}));
  sandbox.world.faults.add(FaultRule.parse({ fault: { kind, ...details }, method: 'GET', path: 'Item' }));
  await expect(firstOf(till.allItemPages(next, {}))).rejects.toMatchObject({ kind: expected });
  expect((await firstOf(till.allItemPages(next, {}))).rows[0]?.itemId).toBe('101');
});

test('an empty page in the middle of a pull is not believed', async ({ installation: { sandbox, openTill } }) => {
  const till = await openTill(tenant, 'bulk');
  const { next } = await firstOf(till.allItemPages(null, {}));
  sandbox.world.faults.add(FaultRule.parse({ fault: { kind: 'empty-page' }, method: 'GET', path: 'Item' }));
  expect((await firstOf(till.allItemPages(next, {}))).rows).toHaveLength(100);
});

test('sales are told apart although the till ignores the reference filter', async ({
  installation: { sandbox, openTill },
}) => {
  const till = await openTill(tenant, 'order');
  sandbox.world.switches.set('reference-filter', 'ignored');
  expect(await till.salesByReference('never', 'tillbridge:acme')).toEqual({ filterHonoured: false, sales: [] });
  sandbox.world.switches.set('reference-filter', 'honoured');
});

test('R36: tokens revoked at Lightspeed lose the connection, within one call', async ({ installation }) => {
  const { oauth, tokens, sandbox, openTill, passHours } = installation;
  await passHours(1); // a pair just refreshed would be given a rest first
  const till = await openTill(tenant, 'interactive');
  const grants = sandbox.world.oauth.grants;
  sandbox.world.changes.run(() => {
    for (const grant of grants.all()) grants.update(grant, { isRevoked: true });
  });
  await expect(till.shops()).rejects.toMatchObject({ kind: 'connection-lost' });
  expect(await tokens.current(tenant)).toEqual({ kind: 'lost' });
  await expect(oauth.refresh(sandbox.refreshToken)).rejects.toMatchObject({ kind: 'invalid-grant' });
});
