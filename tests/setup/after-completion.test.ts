import { and, eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { outbox, wakeUps } from '../../db/schema/notify.ts';
import { orderExports } from '../../db/schema/orders.ts';
import { connections, setups } from '../../db/schema/setup.ts';
import { inventorySyncScheduleId } from '../../workflows/messages/inventory.ts';
import type { SetupInput } from '../../workflows/messages/setup.ts';
import { setupWorkflow, setupWorkflowId } from '../../workflows/messages/setup.ts';
import { orderExportChoice, test } from './setup-test.ts';

describe('After completion', () => {
  test('R27: any step can be changed, and many changes at once are all taken', async ({ wizard }) => {
    await wizard.finish();
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) => wizard.put('import-settings', { reorder: index % 2 === 0 })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(200));
    expect(new Set(answers.map(({ body }) => body['version'])).size).toBe(12);
    const changed = await wizard.put('order-export', { ...orderExportChoice, registerId: '2' });
    expect(changed.status).toBe(200);
    expect((await wizard.get()).body).toMatchObject({ choices: { orderExport: { shopId: '2' } }, nextStep: null });
  });

  test('a change of the interval reaches the Schedule', async ({ wizard, temporal }) => {
    await wizard.finish();
    expect((await wizard.put('sync', { intervalMinutes: 5, dayStart: '22:00', dayEnd: '05:00' })).status).toBe(200);
    const { spec } = await temporal.schedule.getHandle(inventorySyncScheduleId(wizard.tenant)).describe();
    expect(spec.intervals).toMatchObject([{ every: 300_000 }]);
  });

  test('turning export on starts from now, and waiting orders look again', async ({ wizard, db }) => {
    await wizard.finish();
    const completed = (await wizard.get()).body['exportFrom'];
    const waiting = { tenant: wizard.tenant, state: 'waiting' as const, messageCode: 'x', message: 'x' };
    await db.insert(orderExports).values({ ...waiting, orderId: '1001' });
    const off = await wizard.put('order-export', { mode: 'off' });
    expect(off.body['warnings']).toEqual([expect.stringContaining('orders wait')]);
    await wizard.put('order-export', orderExportChoice);
    const from = String((await wizard.get()).body['exportFrom']);
    expect(Date.parse(from)).toBeGreaterThan(Date.parse(String(completed)));
    const chosen = '2026-01-01T00:00:00.000Z';
    await wizard.put('order-export', { ...orderExportChoice, exportFrom: chosen });
    expect((await wizard.get()).body['exportFrom']).toBe(chosen);
    // Signalled and forgotten: had nobody been told, the row would still be owed.
    const owed = () => db.$count(wakeUps, and(eq(wakeUps.tenant, wizard.tenant), eq(wakeUps.kind, 'order-export')));
    await expect.poll(owed, { timeout: 10_000 }).toBe(0);
  });

  test('R35: disconnecting stops the sync, revokes the tokens, keeps the answers; reconnecting goes on', async ({
    wizard,
    db,
    temporal,
  }) => {
    await wizard.finish();
    const schedule = temporal.schedule.getHandle(inventorySyncScheduleId(wizard.tenant));
    expect((await wizard.post('disconnect')).status).toBe(200);
    await expect(schedule.describe()).rejects.toThrow(/not found/i);
    await expect.poll(() => wizard.revokedOf(wizard.owner), { timeout: 10_000 }).toBe(1);
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

  test('an account taken over by another storefront stops the sync of this one', async ({
    wizard,
    newWizard,
    temporal,
    db,
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
  test('reminds, ends its run, keeps its answers, and goes on with the next call', async ({
    wizard,
    app,
    temporal,
    db,
  }) => {
    const input: SetupInput = { tenant: wizard.tenant, reminderDelaysMs: [100, 200], lifetimeMs: 400 };
    await db
      .insert(setups)
      .values({ tenant: wizard.tenant, sync: { intervalMinutes: 30, dayStart: '06:00', dayEnd: '22:00' } });
    await temporal.workflow.execute(setupWorkflow, {
      workflowId: setupWorkflowId(wizard.tenant),
      taskQueue: `${app.config.TASK_QUEUE}-interactive`,
      args: [input],
    });
    const reminders = await db
      .select({ data: outbox.data })
      .from(outbox)
      .where(and(eq(outbox.tenant, wizard.tenant), eq(outbox.type, 'setup.reminder')));
    expect(reminders).toHaveLength(2);
    expect(reminders[0]?.data).toMatchObject({ nextStep: 'connect' });
    expect((await wizard.connect(wizard.owner)).status).toBe(200);
    expect((await wizard.get()).body).toMatchObject({ nextStep: 'stores' });
  });
});
