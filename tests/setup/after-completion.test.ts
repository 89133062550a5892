import { and, eq } from 'drizzle-orm';
import { describe } from 'vitest';
import { outbox, wakeUps } from '../../db/schema/notify.ts';
import { orderExports, orders } from '../../db/schema/orders.ts';
import { connections } from '../../db/schema/setup.ts';
import { showMoment } from '../../domain/show-moment.ts';
import { readConfig } from '../../runtime/config.ts';
import { inventorySyncScheduleId } from '../../workflows/messages/inventory.ts';
import type { SetupInput } from '../../workflows/messages/setup.ts';
import { setupWorkflow, setupWorkflowId } from '../../workflows/messages/setup.ts';
import { oneStore, orderExportChoice, test } from './setup-test.ts';

describe('After completion', () => {
  test.concurrent('R27: any step can be changed, and many changes at once are all taken', async ({
    wizard,
    expect,
  }) => {
    await wizard.finish();
    /** Again while the step takes longer than a call may: the same choice finds what it began. */
    const put = async (intervalMinutes: number) => {
      for (;;) {
        const answer = await wizard.put('sync', { intervalMinutes });
        if (answer.status !== 503) return answer;
      }
    };
    const answers = await Promise.all(Array.from({ length: 12 }, (_, index) => put(10 + index)));
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(200));
    expect(new Set(answers.map(({ body }) => body['version'])).size).toBe(12);
    const changed = await wizard.put('order-export', { ...orderExportChoice, registerId: '2' });
    expect(changed.status).toBe(200);
    expect((await wizard.get()).body).toMatchObject({ choices: { orderExport: { shopId: '2' } }, nextStep: null });
  });

  test.concurrent('a change of the interval reaches the Schedule', async ({ wizard, temporal, expect }) => {
    await wizard.finish();
    expect((await wizard.put('sync', { intervalMinutes: 5, dayStart: '22:00', dayEnd: '05:00' })).status).toBe(200);
    const { spec } = await temporal.schedule.getHandle(inventorySyncScheduleId(wizard.tenant)).describe();
    expect(spec.intervals).toMatchObject([{ every: 300_000, offset: expect.any(Number) }]);
    expect(spec.intervals![0]!.offset).toBeLessThan(300_000);
  });

  test.concurrent('turning export on starts from now, and waiting orders look again', async ({
    wizard,
    db,
    expect,
  }) => {
    await wizard.finish();
    const completed = (await wizard.get()).body['exportFrom'];
    const waiting = { tenant: wizard.tenant, state: 'waiting' as const, messageCode: 'x', message: 'x' };
    await db.insert(orderExports).values({ ...waiting, orderId: '1001' });
    await db.insert(orders).values({ tenant: wizard.tenant, orderId: '1001', placedAt: new Date('2026-02-01') });
    const off = await wizard.put('order-export', { mode: 'off' });
    expect(off.body['warnings']).toEqual([expect.stringContaining('orders wait')]);
    expect(off.body['effects']).toEqual([expect.stringMatching(/^1 order that waits will go on waiting/)]);
    const on = await wizard.put('order-export', orderExportChoice);
    const from = String((await wizard.get()).body['exportFrom']);
    expect(Date.parse(from)).toBeGreaterThan(Date.parse(String(completed)));
    expect(on.body['effects']).toEqual([
      `Orders placed from ${showMoment(from, 'America/New_York')} on are exported.`,
      expect.stringMatching(/^1 waiting order from before will go on waiting: set "exportFrom" earlier/),
    ]);
    const chosen = '2026-01-01T00:00:00.000Z';
    const earlier = await wizard.put('order-export', { ...orderExportChoice, exportFrom: chosen });
    expect(earlier.body['effects']).toEqual([
      'Orders placed from 2025-12-31 19:00 (America/New_York) on are exported.',
      '1 waiting order of these will be looked at again now.',
    ]);
    // Saved again without a date it stays: only turning export on begins anew.
    await wizard.put('order-export', { ...orderExportChoice, whenFulfilled: true });
    expect((await wizard.get()).body['exportFrom']).toBe(chosen);
    // Signalled and forgotten: had nobody been told, the row would still be owed.
    const owed = () => db.$count(wakeUps, and(eq(wakeUps.tenant, wizard.tenant), eq(wakeUps.kind, 'order-export')));
    await expect.poll(owed, { timeout: 40_000 }).toBe(0);
  });

  test.concurrent('R35: disconnecting stops the sync, revokes the tokens, keeps the answers; reconnecting goes on', async ({
    wizard,
    db,
    temporal,
    expect,
  }) => {
    await wizard.finish();
    const schedule = temporal.schedule.getHandle(inventorySyncScheduleId(wizard.tenant));
    expect((await wizard.post('disconnect')).status).toBe(200);
    await expect(schedule.describe()).rejects.toThrow(/not found/i);
    await expect.poll(() => wizard.revokedOf(wizard.owner), { timeout: 40_000 }).toBe(1);
    const stopped = await wizard.get();
    expect(stopped.body).toMatchObject({ nextStep: 'connect', connection: { state: 'disconnected' } });
    expect(stopped.body['steps']).toContainEqual(expect.objectContaining({ step: 'connect', state: 'wrong' }));
    expect((await wizard.get('/options')).status).toBe(409);
    expect(await wizard.post('disconnect')).toMatchObject({ status: 409, body: { code: 'not-connected' } });

    expect((await wizard.connect(wizard.owner)).status).toBe(200);
    await expect(schedule.describe()).resolves.toMatchObject({ state: { paused: false } });
    const again = await wizard.get();
    expect(again.body).toMatchObject({ nextStep: null, choices: { stores: [{ shopId: '1' }] } });
    expect(await db.$count(connections, eq(connections.tenant, wizard.tenant))).toBe(2);
  });

  test.concurrent('an account taken over by another storefront stops the sync of this one', async ({
    wizard,
    newWizard,
    temporal,
    db,
    expect,
  }) => {
    await wizard.finish();
    const other = await newWizard();
    await other.connect(wizard.owner, { body: { takeOver: true } });
    const schedule = temporal.schedule.getHandle(inventorySyncScheduleId(wizard.tenant));
    await expect(schedule.describe()).rejects.toThrow(/not found/i);
    const told = and(eq(outbox.tenant, wizard.tenant), eq(outbox.type, 'connection.disconnected'));
    expect(await db.$count(outbox, told)).toBe(1);
  });
});

describe('A wizard that is left alone', () => {
  test.concurrent('reminds, ends its run, keeps its answers, and goes on with the next call', async ({
    wizard,
    app,
    temporal,
    expect,
  }) => {
    // As many days as the installation's, in which a day is 100 ms.
    const dayMs = 100;
    const days = (ms: number) => (ms / (24 * 3_600_000)) * dayMs;
    const { SETUP_REMINDERS_MS } = readConfig({ ...app.environment, SETUP_REMINDERS_MS: undefined });
    const input: SetupInput = {
      tenant: wizard.tenant,
      reminderDelaysMs: SETUP_REMINDERS_MS.map(days),
      lifetimeMs: 60 * dayMs,
    };
    expect(input.reminderDelaysMs).toEqual([dayMs, 3 * dayMs, 7 * dayMs]);
    const run = await temporal.workflow.start(setupWorkflow, {
      workflowId: setupWorkflowId(wizard.tenant),
      taskQueue: `${app.config.TASK_QUEUE}-interactive`,
      args: [input],
    });
    const reminders = async () => {
      const { events } = await wizard.shop.admin.expect('GET', '/events?limit=100');
      return (events as { type: string; data: object }[]).filter(({ type }) => type === 'setup.reminder');
    };
    await expect.poll(reminders, { timeout: 40_000 }).toHaveLength(3);
    expect((await reminders())[0]?.data).toMatchObject({ nextStep: 'connect', missing: expect.any(Array) });
    await wizard.connect(wizard.owner);
    await wizard.put('import-settings', { reorder: true });
    await run.result(); // the 60 days are over

    expect((await wizard.get()).body).toMatchObject({
      nextStep: 'stores',
      completedAt: null,
      choices: { importSettings: { reorder: true } },
    });
    expect((await wizard.put('stores', oneStore)).status).toBe(200);
    expect(await temporal.workflow.getHandle(setupWorkflowId(wizard.tenant)).describe()).toMatchObject({
      status: { name: 'RUNNING' },
    });
    expect(await reminders()).toHaveLength(3);
  });

  test.concurrent('reminds also of one that has got no further than a click on Connect', async ({
    wizard,
    temporal,
    expect,
  }) => {
    await wizard.begin();
    expect(await temporal.workflow.getHandle(setupWorkflowId(wizard.tenant)).describe()).toMatchObject({
      status: { name: 'RUNNING' },
    });
  });
});
