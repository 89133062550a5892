import { and, eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { outbox } from '../../db/schema/notify.ts';
import { inventorySyncScheduleId } from '../../workflows/messages/inventory.ts';
import { oneStore, orderExportChoice, test } from './setup-test.ts';

const refusal = (status: number, code: string, field?: string) => ({
  status,
  body: { code, ...(field === undefined ? {} : { field }) },
});

describe('The wizard', () => {
  test('connect comes first', async ({ wizard }) => {
    const answer = await wizard.put('stores', oneStore);
    expect(answer).toMatchObject(refusal(409, 'not-connected'));
    expect((await wizard.get()).body).toMatchObject({ nextStep: 'connect', version: 1 });
  });

  test('R5: nothing runs until all is done, and what is missing is listed', async ({ wizard, temporal, db }) => {
    await wizard.connect(wizard.owner);
    await wizard.put('stores', oneStore);
    const refused = await wizard.post('complete');
    expect(refused).toMatchObject(refusal(409, 'setup-incomplete'));
    expect(refused.body['detail']).toContain('import-settings, pricing, order-export');
    const schedule = temporal.schedule.getHandle(inventorySyncScheduleId(wizard.tenant));
    await expect(schedule.describe()).rejects.toThrow(/not found/i);

    await wizard.put('import-settings', {});
    await wizard.put('pricing', { enabled: false });
    await wizard.put('order-export', { mode: 'off' });
    expect((await wizard.post('complete')).status).toBe(200);
    await expect(schedule.describe()).resolves.toMatchObject({ state: { paused: false } });
    const setup = await wizard.get();
    expect(setup.body).toMatchObject({ nextStep: null, completedAt: expect.any(String) });
    const events = await db
      .select({ type: outbox.type })
      .from(outbox)
      .where(and(eq(outbox.tenant, wizard.tenant), eq(outbox.type, 'setup.completed')));
    expect(events).toHaveLength(1);
  });

  test('steps may be done in any order, and completing twice is completing once', async ({ wizard }) => {
    await wizard.connect(wizard.owner);
    await wizard.put('order-export', orderExportChoice);
    await wizard.put('pricing', { enabled: false });
    await wizard.put('import-settings', { onOrder: true });
    await wizard.put('stores', oneStore);
    const first = await wizard.post('complete');
    const second = await wizard.post('complete');
    expect(second).toMatchObject({ status: 200, body: { version: first.body['version'] } });
    expect((await wizard.get()).body).toMatchObject({
      choices: { importSettings: { onHand: true, onOrder: true, reorder: false } },
    });
  });

  test('two admins: the second is told that the setup has changed, and loses nothing', async ({ wizard }) => {
    await wizard.connect(wizard.owner);
    const seen = (await wizard.get()).headers.get('etag') ?? '';
    const first = await wizard.put('import-settings', { reorder: true }, { 'if-match': seen });
    const second = await wizard.put('import-settings', { reorder: false }, { 'if-match': seen });
    expect(first.status).toBe(200);
    expect(second).toMatchObject(refusal(412, 'setup-changed', 'If-Match'));
    expect((await wizard.get()).body).toMatchObject({ choices: { importSettings: { reorder: true } } });
  });

  test('a request repeated with its Idempotency-Key is done once', async ({ wizard }) => {
    await wizard.connect(wizard.owner);
    const send = () => wizard.put('pricing', { enabled: false }, { 'idempotency-key': 'once' });
    const [first, second] = [await send(), await send()];
    expect(second.body['version']).toBe(first.body['version']);
    const setup = await wizard.get();
    expect(setup.body).toMatchObject({
      version: first.body['version'],
      changes: [{ step: 'pricing' }, { step: 'connect' }],
    });
  });

  test('the options tell what can be chosen, and why not', async ({ wizard }) => {
    expect(await wizard.get('/options')).toMatchObject(refusal(409, 'not-connected'));
    await wizard.connect(wizard.owner);
    await wizard.till.call('PATCH', '/shops/3', { archived: true });
    await wizard.till.call('PATCH', '/employees/2', { lockOut: true });
    const options = (await wizard.get('/options')).body;
    expect(options).toMatchObject({
      shops: [{ shopId: '1', usable: true }, { shopId: '2' }, { shopId: '3', usable: false }],
      employees: [
        { employeeId: '1', usable: true },
        { employeeId: '2', why: expect.stringContaining('locked') },
        { employeeId: '3', usable: true },
        { employeeId: '4', limitToShopId: '1' },
      ],
    });
    const paymentTypes = options['paymentTypes'] as { type: string; usable: boolean }[];
    const refused = paymentTypes.filter(({ usable }) => !usable).map(({ type }) => type);
    expect(refused).toEqual(['cash', 'gift card', 'credit account']);
  });
});

describe('Each step', () => {
  test('R6: at least one shop must be mapped', async ({ wizard }) => {
    await wizard.connect(wizard.owner);
    expect(await wizard.put('stores', { stores: [] })).toMatchObject(refusal(422, 'invalid', 'stores'));
  });

  test('R6: an unknown shop or location is named, as is one shop in two places', async ({ wizard }) => {
    await wizard.connect(wizard.owner);
    const put = (...stores: [string, string][]) =>
      wizard.put('stores', { stores: stores.map(([shopId, locationId]) => ({ shopId, locationId })) });
    expect(await put(['1', 'harbour'], ['99', 'hill'])).toMatchObject(refusal(422, 'unknown-shop', 'stores[1].shopId'));
    expect(await put(['1', 'moon'])).toMatchObject(refusal(422, 'unknown-location', 'stores[0].locationId'));
    expect(await put(['1', 'harbour'], ['1', 'hill'])).toMatchObject(
      refusal(422, 'choice-unusable', 'stores[1].shopId'),
    );
    expect((await wizard.get()).body).toMatchObject({ choices: { stores: [] } });
  });

  test('R7: shops and locations left out are pointed out, again and again', async ({ wizard }) => {
    await wizard.connect(wizard.owner);
    const warnings = ['Shop "Old Mill"', 'Shop "Airport Kiosk"', 'Location "Hill"'].map((who) =>
      expect.stringContaining(who),
    );
    const answer = await wizard.put('stores', oneStore);
    expect(answer.body['warnings']).toEqual(warnings);
    const setup = await wizard.get();
    expect(setup.body['steps']).toContainEqual(expect.objectContaining({ step: 'stores', state: 'done', warnings }));
  });

  test('R8: no import setting on is accepted with a warning', async ({ wizard }) => {
    await wizard.connect(wizard.owner);
    const answer = await wizard.put('import-settings', { onHand: false });
    expect(answer).toMatchObject({ status: 200, body: { warnings: [expect.stringContaining('no item will show')] } });
  });

  test('R11: with pricing a regular price level is required, R12: a sale level is not', async ({ wizard }) => {
    await wizard.connect(wizard.owner);
    expect(await wizard.put('pricing', { enabled: true })).toMatchObject(
      refusal(422, 'invalid', 'regularPriceLevelId'),
    );
    const put = (regularPriceLevelId: string, salePriceLevelId?: string) =>
      wizard.put('pricing', { enabled: true, regularPriceLevelId, ...(salePriceLevelId ? { salePriceLevelId } : {}) });
    expect(await put('99')).toMatchObject(refusal(422, 'unknown-price-level', 'regularPriceLevelId'));
    await wizard.till.call('PATCH', '/price-levels/3', { archived: true });
    expect(await put('3')).toMatchObject(refusal(422, 'choice-unusable', 'regularPriceLevelId'));
    expect(await put('1', '99')).toMatchObject(refusal(422, 'unknown-price-level', 'salePriceLevelId'));
    expect(await put('1', '1')).toMatchObject(refusal(422, 'choice-unusable', 'salePriceLevelId'));
    expect((await put('1')).status).toBe(200);
    expect((await put('1', '2')).status).toBe(200);
    expect((await wizard.get()).body).toMatchObject({
      choices: { pricing: { enabled: true, regularPriceLevelId: '1', salePriceLevelId: '2' } },
    });
  });

  test('R27: order export needs an employee and a register, usable ones, in a dry run too', async ({ wizard }) => {
    await wizard.connect(wizard.owner);
    for (const mode of ['on', 'dry-run']) {
      const answer = await wizard.put('order-export', { mode });
      expect(answer).toMatchObject(refusal(422, 'invalid', 'employeeId'));
      expect(answer.text).toContain('registerId');
    }
    const put = (change: object) => wizard.put('order-export', { ...orderExportChoice, ...change });
    expect(await put({ employeeId: '99' })).toMatchObject(refusal(422, 'unknown-employee', 'employeeId'));
    await wizard.till.call('PATCH', '/employees/2', { lockOut: true });
    expect(await put({ employeeId: '2' })).toMatchObject(refusal(422, 'choice-unusable', 'employeeId'));
    // Employee 4 sells in shop 1 only, register 2 stands in shop 2.
    const elsewhere = await put({ employeeId: '4', registerId: '2' });
    expect(elsewhere).toMatchObject(refusal(422, 'choice-unusable', 'employeeId'));
    expect(await put({ registerId: '99' })).toMatchObject(refusal(422, 'unknown-register', 'registerId'));
    await wizard.till.call('PATCH', '/registers/3', { archived: true });
    expect(await put({ registerId: '3' })).toMatchObject(refusal(422, 'choice-unusable', 'registerId'));
    expect(await put({ defaultPaymentTypeId: '1' })).toMatchObject(
      refusal(422, 'choice-unusable', 'defaultPaymentTypeId'),
    );
    expect((await put({})).status).toBe(200);
    expect((await wizard.get()).body).toMatchObject({ choices: { orderExport: { shopId: '1' } } });
  });

  test('a closed register is taken, with a warning', async ({ wizard }) => {
    await wizard.connect(wizard.owner);
    await wizard.till.call('PATCH', '/registers/4', { open: false });
    const answer = await wizard.put('order-export', orderExportChoice);
    expect(answer).toMatchObject({ status: 200, body: { warnings: [expect.stringContaining('is closed')] } });
  });

  test('R28: the status to apply is one that was declared; the default is No change', async ({ wizard }) => {
    await wizard.connect(wizard.owner);
    const put = (statusAfterExport: string | null) =>
      wizard.put('order-export', { ...orderExportChoice, statusAfterExport });
    expect(await put('nonsense')).toMatchObject(refusal(422, 'unknown-status', 'statusAfterExport'));
    expect((await put('in-till')).status).toBe(200);
    expect((await wizard.put('order-export', orderExportChoice)).status).toBe(200);
    expect((await wizard.get()).body).toMatchObject({ choices: { orderExport: { statusAfterExport: null } } });
  });

  test('Lightspeed down is told, and nothing is saved', async ({ wizard }) => {
    await wizard.connect(wizard.owner);
    await wizard.breakTill('PriceLevel');
    const answer = await wizard.put('pricing', { enabled: true, regularPriceLevelId: '1' });
    await wizard.mendTill();
    expect(answer).toMatchObject(refusal(503, 'lightspeed-down'));
    expect(answer.headers.get('retry-after')).toBeTruthy();
    expect((await wizard.get()).body).toMatchObject({ choices: { pricing: null } });
  });
});
