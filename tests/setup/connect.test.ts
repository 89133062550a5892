import { and, eq, isNull } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { posItems } from '../../db/schema/inventory.ts';
import { attention } from '../../db/schema/notify.ts';
import { connectAttempts, connections } from '../../db/schema/setup.ts';
import { oneStore, orderExportChoice, test } from './setup-test.ts';

const refusal = (status: number, code: string) => ({
  status,
  body: { code, detail: expect.any(String), remedy: expect.any(String) },
});

describe('Connecting', () => {
  test('R1: a click on Connect, a sign-in, and back', async ({ wizard }) => {
    const begun = await wizard.post('connect', {});
    expect(begun).toMatchObject({ status: 201, body: { warning: null } });
    const answer = await wizard.connect(wizard.owner);
    expect(answer).toMatchObject({ status: 200, body: { tenant: wizard.tenant, accountId: wizard.owner.accountId } });
    const setup = await wizard.get();
    expect(setup.body).toMatchObject({
      nextStep: 'stores',
      connection: { state: 'active', accountId: wizard.owner.accountId, userName: 'Ada Moss' },
      lastAttempt: { outcome: 'connected' },
    });
  });

  test('R2: a user without the admin right is refused by name, with what to do', async ({ wizard }) => {
    const answer = await wizard.connect(wizard.manager);
    expect(answer).toMatchObject(refusal(403, 'not-admin'));
    expect(answer.body['detail']).toContain('Ben Hale');
    const setup = await wizard.get();
    expect(setup.body).toMatchObject({ connection: { state: 'none' }, lastAttempt: { outcome: 'not-admin' } });
    await expect.poll(() => wizard.revokedOf(wizard.manager), { timeout: 40_000 }).toBe(1);
  });

  test('R2: the title Owner is not enough when the Admin right was taken', async ({ wizard }) => {
    await wizard.till.call('PATCH', '/employees/1', { admin: false });
    expect(await wizard.connect(wizard.owner)).toMatchObject(refusal(403, 'not-admin'));
    await wizard.till.call('PATCH', '/employees/1', { admin: true });
    expect((await wizard.connect(wizard.owner)).status).toBe(200);
  });

  test('R2: a user who may not even read the account is told that it is the Admin role', async ({ wizard }) => {
    await wizard.till.global('POST', '/faults', { fault: { kind: 'status', status: 403 }, path: '/API/*Account' });
    expect(await wizard.connect(wizard.manager)).toMatchObject(refusal(403, 'not-admin'));
  });

  test('R3: a refused attempt changes nothing, and the next by an admin just works', async ({ wizard }) => {
    await wizard.connect(wizard.owner);
    const before = await wizard.get();
    await wizard.connect(wizard.manager);
    await wizard.callback(`state=${'x'.repeat(43)}&code=1`);
    await wizard.post('connect', {}); // abandoned
    const after = await wizard.get();
    expect(after.body['connection']).toEqual(before.body['connection']);
    expect(after.body['version']).toBe(before.body['version']);
    expect((await wizard.get('/options')).status).toBe(200);
    expect((await wizard.connect(wizard.owner)).status).toBe(200);
    await expect.poll(() => wizard.revokedOf(wizard.owner), { timeout: 40_000 }).toBe(1);
  });

  test('R4: it is said beforehand that the old connection ends, and it does', async ({ wizard, db }) => {
    await wizard.connect(wizard.owner);
    const begun = await wizard.post('connect', {});
    expect(begun.body['warning']).toContain('no longer works');
    const query = await wizard.browser.approve(String(begun.body['authorizationUrl']), wizard.owner);
    expect((await wizard.callback(query)).status).toBe(200);
    const rows = await db.select().from(connections).where(eq(connections.tenant, wizard.tenant));
    expect(rows.map(({ state }) => state).toSorted()).toEqual(['active', 'replaced']);
    // Revoked, then forgotten: nobody can use them again.
    const ended = async () => {
      const [row] = (await db.select().from(connections).where(eq(connections.tenant, wizard.tenant))).filter(
        ({ state }) => state === 'replaced',
      );
      return row?.refreshToken;
    };
    await expect.poll(ended, { timeout: 40_000 }).toBeNull();
    expect(await wizard.revokedOf(wizard.owner)).toBe(1);
  });

  test('R4: replaced in mid-pull, a connection is used no more, its pull writes no more, and the new one pulls anew', async ({
    wizard,
    sandbox,
    db,
  }) => {
    const { accountId } = await wizard.till.global('POST', '/accounts', { seed: 3, items: 330 });
    wizard.owner = { ...wizard.owner, accountId: String(accountId) };
    // The third page of four is answered late: the connection is replaced while it is on its way.
    const page = { method: 'GET', path: 'Item', query: 'sort=itemID', account: accountId };
    await wizard.till.global('POST', '/faults', { ...page, fault: { kind: 'latency', ms: 1_500 }, nth: 3 });
    await wizard.finish();
    const isOnItsWay = () => sandbox.world.faults.list().some(({ rule, hits }) => rule.query !== undefined && hits > 0);
    await expect.poll(isOnItsWay, { timeout: 40_000 }).toBe(true);
    const signIns = () => sandbox.world.oauth.grants.by('accountID', Number(accountId));
    const first = () => signIns().find(({ scope }) => scope !== 'employee:all')?.grantID; // that one has no sign-in
    const calls = () => {
      const log = sandbox.world.log.list().filter(({ path }) => path.startsWith('/API/'));
      return log.filter(({ signIn }) => signIn !== undefined && signIn === first());
    };
    const stored = () => db.$count(posItems, eq(posItems.tenant, wizard.tenant));
    const query = await wizard.browser.approve(await wizard.begin(), wizard.owner);
    const [callsBefore, storedBefore] = [calls().length, await stored()];
    expect((await wizard.callback(query)).status).toBe(200);

    const runs = async () => {
      const answer = await wizard.shop.admin.expect('GET', '/sync/runs');
      return (answer['runs'] as Record<string, unknown>[]).filter(({ mode }) => mode === 'full').toReversed();
    };
    const [replaced] = await runs();
    expect(replaced).toMatchObject({ state: 'failed', errorCode: 'run-over' });
    // The second page may have been on its way into the database; the third is written no more.
    expect([storedBefore, 200]).toContain(replaced!['itemsSeen']);
    await expect.poll(runs, { timeout: 40_000 }).toMatchObject([{}, { state: 'succeeded', itemsSeen: 330 }]);
    expect((await runs())[0]).toMatchObject({ itemsSeen: replaced!['itemsSeen'] });
    expect(calls().length - callsBefore).toBe(1); // the page that was on its way
    const { events } = (await wizard.shop.admin.expect('GET', '/events')) as { events: { type: string }[] };
    const types = events.map(({ type }) => type).filter((type) => type.startsWith('connection.'));
    expect(types).toEqual(['connection.connected', 'connection.replaced', 'connection.connected']);
  });

  test('R36: a lost connection is open until an admin connects again', async ({ wizard, db }) => {
    await wizard.finish();
    await wizard.till.call('POST', '/tokens/revoke');
    expect(await wizard.get('/options')).toMatchObject({ status: 409, body: { code: 'connection-lost' } });
    const open = () => db.$count(attention, and(eq(attention.tenant, wizard.tenant), isNull(attention.resolvedAt)));
    expect(await open()).toBe(1);
    const lost = await wizard.get();
    expect(lost.body).toMatchObject({ nextStep: 'connect', connection: { state: 'lost' } });
    expect(await wizard.put('pricing', { enabled: true, regularPriceLevelId: '1' })).toMatchObject({
      status: 409,
      body: { code: 'connection-lost' },
    });
    expect((await wizard.connect(wizard.owner)).status).toBe(200);
    expect(await open()).toBe(0);
    expect((await wizard.get()).body).toMatchObject({ nextStep: null, connection: { state: 'active' } });
  });

  test('R3: ten refused, declined and abandoned attempts at once in one browser leave the connection working', async ({
    wizard,
  }) => {
    await wizard.connect(wizard.owner);
    const before = await wizard.get();
    const links = await Promise.all(Array.from({ length: 10 }, () => wizard.begin()));
    // Of every three the first is abandoned, at the sign-in page or on the way back.
    const queries = await Promise.all(
      links.map((link, index) => {
        if (index % 3 === 1) return wizard.browser.deny(link);
        return wizard.browser.approve(link, wizard.manager);
      }),
    );
    const answers = await Promise.all(
      queries.filter((_, index) => index % 3 !== 0).map((query) => wizard.callback(query)),
    );
    expect(new Set(answers.map(({ body }) => body['code']))).toEqual(new Set(['user-denied', 'not-admin']));
    const after = await wizard.get();
    expect(after.body['connection']).toEqual(before.body['connection']);
    expect(after.body['version']).toBe(before.body['version']);
    expect((await wizard.get('/options')).status).toBe(200);
    expect(await wizard.revokedOf(wizard.owner)).toBe(0);

    expect(await wizard.connect(wizard.owner)).toMatchObject({ status: 200 });
    expect((await wizard.get('/options')).status).toBe(200);
    expect((await wizard.get()).body).toMatchObject({ lastAttempt: { outcome: 'connected' } });
  });

  test('ten attempts at once leave one connection', async ({ wizard, db }) => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => wizard.connect(index % 2 === 0 ? wizard.owner : wizard.manager)),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map((_, index) => (index % 2 === 0 ? 200 : 403)));
    const rows = await db.select().from(connections).where(eq(connections.tenant, wizard.tenant));
    expect(rows.filter(({ state }) => state === 'active')).toHaveLength(1);
    expect((await wizard.get('/options')).status).toBe(200);
  });
});

describe('Each refusal has its own code and remedy', () => {
  test('declined at Lightspeed', async ({ wizard }) => {
    const query = await wizard.browser.deny(await wizard.begin());
    expect(await wizard.callback(query)).toMatchObject(refusal(403, 'user-denied'));
    expect((await wizard.get()).body).toMatchObject({ lastAttempt: { outcome: 'user-denied' } });
  });

  test('a state that is unknown, used or expired', async ({ wizard, db }) => {
    expect(await wizard.callback('state=nonsense&code=1')).toMatchObject(refusal(400, 'state-unknown'));
    expect(await wizard.callback('')).toMatchObject(refusal(400, 'state-unknown'));

    const query = await wizard.browser.approve(await wizard.begin(), wizard.owner);
    expect((await wizard.callback(query)).status).toBe(200);
    expect(await wizard.callback(query)).toMatchObject(refusal(409, 'state-used'));

    const late = await wizard.browser.approve(await wizard.begin(), wizard.owner);
    await db
      .update(connectAttempts)
      .set({ expiresAt: new Date(0) })
      .where(eq(connectAttempts.tenant, wizard.tenant));
    expect(await wizard.callback(late)).toMatchObject(refusal(400, 'state-expired'));
    expect((await wizard.get()).body).toMatchObject({ connection: { state: 'active' } });
  });

  test("a state of another tenant: nothing is used up, and that tenant's own sign-in goes on", async ({
    wizard,
    newWizard,
  }) => {
    const other = await newWizard();
    const query = await wizard.browser.approve(await wizard.begin(), wizard.owner);
    const answer = await wizard.callback(query, 'application/json', other.key);
    expect(answer).toMatchObject(refusal(403, 'state-of-other-tenant'));
    expect(answer.text).not.toContain(wizard.tenant);
    expect((await other.get()).body).toMatchObject({ connection: { state: 'none' } });
    expect(await wizard.callback(query, 'application/json', wizard.key)).toMatchObject({ status: 200 });
  });

  test('a code that Lightspeed no longer takes', async ({ wizard }) => {
    const query = await wizard.browser.approve(await wizard.begin(), wizard.owner);
    await wizard.till.global('POST', '/clock', { advanceMs: 61_000 });
    expect(await wizard.callback(query)).toMatchObject(refusal(400, 'code-expired'));
  });

  test('a scope that was not granted', async ({ wizard }) => {
    const asked = new URL(await wizard.begin());
    asked.searchParams.set('scope', 'employee:register');
    const query = await wizard.browser.approve(asked.toString(), wizard.owner);
    expect(await wizard.callback(query)).toMatchObject(refusal(403, 'scope-missing'));
  });

  test('Lightspeed down: told, and the next attempt works', async ({ wizard }) => {
    await wizard.breakTill('/auth/oauth/token');
    expect(await wizard.connect(wizard.owner)).toMatchObject(refusal(503, 'lightspeed-down'));
    await wizard.mendTill();
    expect((await wizard.get()).body).toMatchObject({ lastAttempt: { outcome: 'lightspeed-down' } });
    expect((await wizard.connect(wizard.owner)).status).toBe(200);
  });

  test('Lightspeed down after the code was used: the kept pair goes on once it is back', async ({ wizard }) => {
    await wizard.breakTill('/API/*Session', 1);
    expect((await wizard.connect(wizard.owner)).status).toBe(200);
    expect(await wizard.revokedOf(wizard.owner)).toBe(0);
  });

  test('given up while its code was exchanged: the tokens that came of it are revoked', async ({
    wizard,
    db,
    sandbox,
  }) => {
    const slow = { fault: { kind: 'latency', ms: 700 }, path: '/auth/oauth/token', count: 1 };
    await wizard.till.global('POST', '/faults', slow);
    const connecting = wizard.connect(wizard.owner);
    await expect.poll(() => sandbox.world.faults.list().some(({ hits }) => hits > 0), { timeout: 40_000 }).toBe(true);
    const given = { outcome: 'lightspeed-down', code: null };
    await db.update(connectAttempts).set(given).where(eq(connectAttempts.tenant, wizard.tenant));
    expect((await connecting).body).toMatchObject({ code: 'lightspeed-down' });
    await expect.poll(() => wizard.revokedOf(wizard.owner), { timeout: 40_000 }).toBe(1);
  });

  test('an account of another storefront, unless it is taken over', async ({ wizard, newWizard, db }) => {
    await wizard.finish();
    const other = await newWizard();
    expect(await other.connect(wizard.owner)).toMatchObject(refusal(409, 'account-connected-elsewhere'));
    expect((await wizard.get()).body).toMatchObject({ connection: { state: 'active' } });
    expect((await other.connect(wizard.owner, { body: { takeOver: true } })).status).toBe(200);
    expect((await wizard.get()).body).toMatchObject({ nextStep: 'connect', connection: { state: 'disconnected' } });
    const [ended] = await db.select().from(connections).where(eq(connections.tenant, wizard.tenant));
    expect(ended?.stateReason).toContain('taken');
  });

  test('another account than before, unless it is meant', async ({ wizard }) => {
    await wizard.connect(wizard.owner);
    await wizard.put('stores', oneStore);
    await wizard.put('order-export', orderExportChoice);
    const { accountId } = await wizard.till.global('POST', '/accounts', { seed: 2, items: 5 });
    const other = { ...wizard.owner, accountId: String(accountId) };
    expect(await wizard.connect(other)).toMatchObject(refusal(409, 'account-mismatch'));
    expect((await wizard.get()).body).toMatchObject({ connection: { accountId: wizard.owner.accountId } });
    expect((await wizard.connect(other, { body: { changeAccount: true } })).status).toBe(200);
    expect((await wizard.get()).body).toMatchObject({
      nextStep: 'stores',
      connection: { accountId: other.accountId },
      choices: { stores: [], orderExport: null },
    });
  });

  test('a browser gets a page that says the same', async ({ wizard }) => {
    const html = 'text/html,application/xhtml+xml';
    const refused = await wizard.connect(wizard.manager, { accept: html });
    expect(refused.status).toBe(403);
    expect(refused.headers.get('content-type')).toContain('text/html');
    expect(refused.text).toContain('Ben Hale');
    expect(refused.text).toContain('Click Connect again');
    expect(refused.text).toContain('sign out of Lightspeed');
    expect(refused.text).toContain('revoke the access');
    const connected = await wizard.connect(wizard.owner, { accept: html });
    expect(connected.status).toBe(200);
    expect(connected.text).toContain('is connected');
  });
});
