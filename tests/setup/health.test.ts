import { and, eq, inArray } from 'drizzle-orm';
import { describe, vi } from 'vitest';
import { outbox } from '../../db/schema/notify.ts';
import { connections } from '../../db/schema/setup.ts';
import type { Answer } from '../api/call-api.ts';
import type { Wizard } from './setup-test.ts';
import { test as base } from './setup-test.ts';

const soon = { timeout: 40_000, interval: 50 };

const test = base.extend<{
  /** Lets the time of the next look come; resolves when the look has been taken. */
  look: (wizard: Wizard) => Promise<void>;
  events: (wizard: Wizard) => Promise<string[]>;
}>({
  look: async ({ db }, use) => {
    await use(async ({ tenant }) => {
      const live = and(eq(connections.tenant, tenant), inArray(connections.state, ['active', 'lost']));
      await db
        .update(connections)
        .set({ checkedAt: new Date(0) })
        .where(live);
      const due = () => db.$count(connections, and(live, eq(connections.checkedAt, new Date(0))));
      await vi.waitFor(async () => {
        if ((await due()) > 0) throw new Error('the look has not been taken');
      }, soon);
    });
  },
  events: async ({ db }, use) => {
    await use(async ({ tenant }) => {
      const rows = await db
        .select({ type: outbox.type })
        .from(outbox)
        .where(eq(outbox.tenant, tenant))
        .orderBy(outbox.number);
      return rows.map(({ type }) => type);
    });
  },
});

function stepOf(setup: Answer, step: string): Record<string, unknown> {
  return (setup.body['steps'] as Record<string, unknown>[]).find((each) => each['step'] === step)!;
}

// By itself and before the others, as it moves the clock of all.
test('a connection that nothing syncs over outlives the 30 days of an unused refresh token', async ({
  wizard,
  look,
  db,
  expect,
}) => {
  const dayMs = 24 * 3_600_000;
  await wizard.connect(wizard.owner);
  const own = eq(connections.tenant, wizard.tenant);
  for (let round = 0; round < 3; round += 1) {
    await wizard.till.global('POST', '/clock', { advanceMs: 20 * dayMs });
    await db
      .update(connections)
      .set({ refreshedAt: new Date(Date.now() - 20 * dayMs), accessExpiresAt: new Date(Date.now() - 19 * dayMs) })
      .where(own);
    await look(wizard);
  }
  expect((await wizard.get()).body).toMatchObject({ connection: { state: 'active' } });
  expect((await wizard.get('/options')).status).toBe(200);
});

describe('R36: within one sync a person is told what has gone wrong, and it heals by itself', () => {
  const cases = [
    {
      what: 'a register that is archived',
      step: 'order-export',
      code: 'register-unusable',
      path: '/registers/4',
      wrong: { archived: true },
      right: { archived: false },
      reason: /register/,
    },
    {
      what: 'the employee of web orders locked out',
      step: 'order-export',
      code: 'employee-unusable',
      path: '/employees/3',
      wrong: { lockOut: true },
      right: { lockOut: false },
      reason: /employee is locked out/,
    },
    {
      what: "the connection's user without the Admin right",
      step: 'connect',
      code: 'admin-right-gone',
      path: '/employees/1',
      wrong: { admin: false },
      right: { admin: true },
      reason: /no longer has the Admin right/,
    },
    {
      what: 'a mapped shop that is archived',
      step: 'stores',
      code: 'shop-gone',
      path: '/shops/1',
      wrong: { archived: true },
      right: { archived: false },
      reason: /"Harbour Street"/,
    },
  ];
  test.concurrent.for(cases)(
    '$what',
    async ({ step, code, path, wrong, right, reason }, { wizard, look, events, expect }) => {
      await wizard.finish();
      await look(wizard);
      expect((await wizard.get()).body).toMatchObject({ nextStep: null });

      await wizard.till.call('PATCH', path, wrong);
      await look(wizard);
      const setup = await wizard.get();
      expect(setup.body).toMatchObject({ nextStep: step, connection: { state: 'active' } });
      expect(stepOf(setup, step)).toMatchObject({ state: 'wrong', reason: expect.stringMatching(reason) });
      expect(stepOf(setup, step)['remedy']).toMatch(/Lightspeed/);
      expect(await wizard.attention()).toMatchObject([{ code, remedy: expect.any(String) }]);
      expect(await events(wizard)).toContain('attention.opened');

      await wizard.till.call('PATCH', path, right);
      await look(wizard);
      expect((await wizard.get()).body).toMatchObject({ nextStep: null });
      expect(await wizard.attention()).toEqual([]);
    },
  );

  test.concurrent('a register that is gone for good: another one is chosen, and it is settled at once', async ({
    wizard,
    look,
    expect,
  }) => {
    await wizard.finish();
    await wizard.till.call('PATCH', '/registers/4', { removed: true });
    await look(wizard);
    expect(await wizard.attention()).toMatchObject([{ code: 'register-unusable' }]);
    const choice = { mode: 'on', employeeId: '3', registerId: '1', defaultPaymentTypeId: '7' };
    expect((await wizard.put('order-export', choice)).status).toBe(200);
    expect(await wizard.attention()).toEqual([]);
    expect((await wizard.get()).body).toMatchObject({ nextStep: null });
  });

  test.concurrent('an export that meets the refusal has it looked at, at once, and the order goes on when the cause is gone', async ({
    wizard,
    look,
    expect,
  }) => {
    await wizard.finish();
    await wizard.till.call('PATCH', '/employees/3', { lockOut: true });
    const placedAt = '2030-01-01T10:00:00Z';
    const lines = [{ lineId: '1', sku: 'ANY', description: 'A thing', quantity: 1, unitPrice: '12.00' }];
    const order = { placedAt, updatedAt: placedAt, currency: 'USD', total: '12.00', lines };
    const payment = { paymentId: '1', amount: '12.00', method: 'card', capturedAt: placedAt };
    await wizard.shop.storefront.expect('PUT', '/orders/1001', order);
    await wizard.shop.storefront.expect('POST', '/orders/1001/paid', payment);
    const codes = async () => (await wizard.attention()).map(({ kind, code }) => `${String(kind)}: ${String(code)}`);
    await expect.poll(codes, soon).toEqual(expect.arrayContaining(['setup: employee-unusable']));
    expect((await wizard.get()).body).toMatchObject({ nextStep: 'order-export' });

    await wizard.till.call('PATCH', '/employees/3', { lockOut: false });
    await look(wizard);
    await expect.poll(() => wizard.till.sales(), soon).toHaveLength(1);
    expect(await wizard.attention()).toEqual([]);
  });

  test.concurrent('a sync that meets the refusal has it looked at, at once', async ({ wizard, expect }) => {
    await wizard.finish();
    const runs = async () => (await wizard.shop.admin.expect('GET', '/sync/runs'))['runs'];
    await expect.poll(runs, soon).toEqual(expect.arrayContaining([expect.objectContaining({ state: 'succeeded' })]));
    await wizard.till.call('PATCH', '/employees/1', { admin: false });
    await wizard.till.fault({ fault: { kind: 'status', status: 403 }, path: 'Item*', count: 0 });
    await wizard.shop.admin.expect('POST', '/sync/run');
    await expect.poll(() => wizard.attention(), soon).toMatchObject([{ code: 'admin-right-gone' }]);
  });

  test.concurrent('what is only a warning follows Lightspeed too, and comes and goes by itself', async ({
    wizard,
    look,
    expect,
  }) => {
    await wizard.finish();
    const warningsOf = async (step: string) => stepOf(await wizard.get(), step)['warnings'];
    await wizard.till.call('PATCH', '/registers/4', { open: false });
    await wizard.till.call('PATCH', '/shops/2', { archived: true });
    await look(wizard);
    expect(await warningsOf('order-export')).toEqual([expect.stringContaining('is closed in Lightspeed')]);
    expect(await warningsOf('stores')).toEqual([
      expect.stringContaining('Shop "Airport Kiosk"'),
      expect.stringContaining('Location "Hill"'),
    ]);
    expect((await wizard.get()).body).toMatchObject({ nextStep: null });
    await wizard.till.call('PATCH', '/registers/4', { open: true });
    await wizard.till.call('PATCH', '/shops/2', { archived: false });
    await look(wizard);
    expect(await warningsOf('order-export')).toEqual([]);
    expect(await warningsOf('stores')).toHaveLength(3);
  });

  test.concurrent('Lightspeed down says nothing about the choices, and is asked again at the usual time', async ({
    wizard,
    look,
    expect,
  }) => {
    await wizard.finish();
    await wizard.till.fault({ fault: { kind: 'status', status: 503 }, path: 'Register', count: 0 });
    await look(wizard);
    expect(await wizard.attention()).toEqual([]);
    expect((await wizard.get()).body).toMatchObject({ nextStep: null, connection: { state: 'active' } });
  });
});

describe('A lost connection', () => {
  test.concurrent.for(['new', 'old'])(
    'R36: revoked tokens, refused in the %s words: told within one sync, until an admin connects',
    async (words, { wizard, look, events, expect }) => {
      await wizard.finish();
      await wizard.till.call('PUT', '/switches', { 'auth-401': words });
      await wizard.till.call('POST', '/tokens/revoke');
      await look(wizard);
      const setup = await wizard.get();
      expect(setup.body).toMatchObject({ nextStep: 'connect', connection: { state: 'lost' } });
      expect(stepOf(setup, 'connect')).toMatchObject({
        state: 'wrong',
        reason: expect.stringContaining('no longer takes the tokens'),
        remedy: expect.stringContaining('Connect Lightspeed again'),
      });
      await look(wizard);
      expect(await wizard.attention()).toMatchObject([{ code: 'connection-lost' }]);
      expect((await events(wizard)).filter((type) => type === 'connection.lost')).toHaveLength(1);
      expect((await wizard.connect(wizard.owner)).status).toBe(200);
      expect(await wizard.attention()).toEqual([]);
    },
  );

  test.concurrent.for([
    ['refused', /no longer takes the tokens/],
    ['granted', /user is most likely locked out/],
  ] as const)(
    'R36: a locked-out user whose refresh is %s is let in again, and the connection comes back by itself',
    async ([position, reason], { wizard, look, events, expect }) => {
      await wizard.finish();
      await wizard.till.call('PUT', '/switches', { 'barred-refresh': position });
      await wizard.till.call('PATCH', '/employees/1', { lockOut: true });
      await look(wizard);
      const lost = await wizard.get();
      expect(lost.body).toMatchObject({ nextStep: 'connect', connection: { state: 'lost' } });
      expect(stepOf(lost, 'connect')).toMatchObject({ reason: expect.stringMatching(reason) });
      await look(wizard); // a probe in vain
      expect((await wizard.get()).body).toMatchObject({ connection: { state: 'lost' } });
      await wizard.till.call('PATCH', '/employees/1', { lockOut: false });
      await look(wizard);
      expect((await wizard.get()).body).toMatchObject({
        nextStep: null,
        connection: { state: 'active', reason: null },
      });
      expect(await wizard.attention()).toEqual([]);
      expect((await events(wizard)).at(-1)).toBe('connection.restored');
      expect((await wizard.get('/options')).status).toBe(200);
    },
  );

  test.concurrent('a refused pair is not asked with again but for a probe, ever more rarely', async ({
    wizard,
    look,
    db,
    sandbox,
    expect,
  }) => {
    await wizard.finish();
    await wizard.till.call('POST', '/tokens/revoke');
    await look(wizard);
    const before = sandbox.world.log.list().length;
    await wizard.get('/options');
    await wizard.put('pricing', { enabled: true, regularPriceLevelId: '1' });
    await look(wizard);
    await look(wizard);
    const own = sandbox.world.oauth.grants.by('accountID', Number(wizard.shop.accountId)).map(({ grantID }) => grantID);
    const requests = sandbox.world.log
      .list()
      .slice(before)
      .filter(({ signIn }) => signIn !== undefined && own.includes(signIn));
    // Two looks, and perhaps one that a sync has asked for: each asks once, and each is counted.
    expect([2, 3]).toContain(requests.length);
    expect(new Set(requests.map(({ path }) => path))).toEqual(new Set(['/auth/oauth/token']));
    const rows = await db.select().from(connections).where(eq(connections.tenant, wizard.tenant));
    expect(rows).toMatchObject([{ state: 'lost', failedProbes: requests.length }]);
  });
});
