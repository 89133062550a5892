import { and, eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { outbox } from '../../db/schema/notify.ts';
import { inventorySyncScheduleId } from '../../workflows/messages/inventory.ts';
import { oneStore, orderExportChoice, test } from './setup-test.ts';

/** @param id what was wrong, which the person must find in the words. */
const refusal = (status: number, code: string, field?: string, id?: string) => ({
  status,
  body: {
    code,
    ...(field === undefined ? {} : { field }),
    ...(id === undefined ? {} : { detail: expect.stringContaining(`"${id}"`), remedy: expect.any(String) }),
  },
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
    expect(refused.body['errors']).toEqual(
      ['import-settings', 'pricing', 'order-export'].map((field) => ({ field, message: expect.any(String) })),
    );
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

  test('two admins: no step overwrites what the other has changed since', async ({ wizard }) => {
    await wizard.connect(wizard.owner);
    const seen = { 'if-match': '"1"' };
    const answers = [
      await wizard.put('stores', oneStore, seen),
      await wizard.put('import-settings', {}, seen),
      await wizard.put('pricing', { enabled: false }, seen),
      await wizard.put('order-export', orderExportChoice, seen),
      await wizard.put('sync', {}, seen),
      await wizard.post('disconnect', undefined, seen),
    ];
    for (const answer of answers) {
      expect(answer).toMatchObject(refusal(412, 'setup-changed', 'If-Match'));
      expect(answer.body['remedy']).toContain('Read the setup again');
    }
    await wizard.put('stores', oneStore);
    await wizard.put('import-settings', {});
    await wizard.put('pricing', { enabled: false });
    await wizard.put('order-export', { mode: 'off' });
    expect(await wizard.post('complete', undefined, seen)).toMatchObject(refusal(412, 'setup-changed', 'If-Match'));
    expect((await wizard.get()).body).toMatchObject({ completedAt: null, nextStep: 'complete' });
  });

  test('a step redone with the same choice changes nothing, and says so', async ({ wizard }) => {
    await wizard.connect(wizard.owner);
    const steps = [
      ['stores', oneStore],
      ['import-settings', { onOrder: true }],
      ['pricing', { enabled: true, regularPriceLevelId: '1' }],
      ['order-export', { ...orderExportChoice, exportFrom: '2026-01-01T00:00:00Z' }],
      ['sync', { intervalMinutes: 10 }],
    ] as const;
    for (const [step, choice] of steps) {
      const first = await wizard.put(step, choice);
      const second = await wizard.put(step, choice);
      expect(second).toMatchObject({ status: 200, body: { version: first.body['version'] } });
      expect(second.body['effects']).toContainEqual(expect.stringContaining('nothing has changed'));
    }
    const { changes } = (await wizard.get()).body as { changes: { step: string }[] };
    expect(changes.map(({ step }) => step).toReversed()).toEqual([
      'connect',
      'stores',
      'import-settings',
      'pricing',
      'order-export',
      'sync-settings',
    ]);
  });

  test('the setup tells who changed what and when', async ({ wizard }) => {
    await wizard.connect(wizard.owner);
    await wizard.put('import-settings', { reorder: true });
    const by = { label: 'wizard', role: 'admin' };
    expect((await wizard.get()).body['changes']).toEqual([
      {
        at: expect.any(String),
        step: 'import-settings',
        version: 3,
        by,
        choice: { onHand: true, onOrder: false, reorder: true },
      },
      { at: expect.any(String), step: 'connect', version: 2, by, choice: expect.anything() },
    ]);
  });

  test('R8, R10, R27–R29: what nobody has chosen has its default, and each step its advice', async ({ wizard }) => {
    const { defaults, choices, timeZone, steps } = (await wizard.get()).body as Record<string, Record<string, unknown>>;
    expect(timeZone).toBe('America/New_York');
    const sync = { intervalMinutes: 30, dayStart: '06:00', dayEnd: '22:00', failuresToTell: 3 };
    expect(choices).toEqual({ stores: [], importSettings: null, pricing: null, orderExport: null, sync });
    expect(defaults).toMatchObject({
      importSettings: { onHand: true, onOrder: false, reorder: false },
      pricing: { enabled: false },
      orderExport: { mode: 'off' },
      orderExportWhenOn: { statusAfterExport: null, whenFulfilled: false },
      sync,
    });
    const advice = Object.fromEntries(
      (steps as unknown as { step: string; advice: string[] }[]).map((each) => [each.step, each.advice.join(' ')]),
    );
    expect(advice).toMatchObject({
      connect: expect.stringMatching(/Admin role.*previous point-of-sale connection no longer works/),
      stores: expect.stringMatching(/map all of them/),
      pricing: expect.stringMatching(/used in store.*pricing rules can not/),
      'order-export': expect.stringMatching(/separate employee and register.*No change/),
    });
    await wizard.connect(wizard.owner);
    await wizard.put('import-settings', {});
    await wizard.put('pricing', { enabled: true, regularPriceLevelId: '1' });
    const dryRun = await wizard.put('order-export', { ...orderExportChoice, mode: 'dry-run' });
    expect(dryRun.body['effects']).toEqual([
      'Orders placed from the completion of the setup on are planned, and none is sent.',
      expect.stringContaining('once the setup is completed'),
    ]);
    expect((await wizard.get()).body['choices']).toMatchObject({
      importSettings: { onHand: true, onOrder: false, reorder: false },
      pricing: { enabled: true, regularPriceLevelId: '1', salePriceLevelId: null },
      orderExport: { statusAfterExport: null, whenFulfilled: false },
    });
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
    expect(await put(['1', 'harbour'], ['99', 'hill'])).toMatchObject(
      refusal(422, 'unknown-shop', 'stores[1].shopId', '99'),
    );
    expect(await put(['1', 'moon'])).toMatchObject(refusal(422, 'unknown-location', 'stores[0].locationId', 'moon'));
    await wizard.till.call('PATCH', '/shops/3', { archived: true });
    expect(await put(['3', 'hill'])).toMatchObject(refusal(422, 'choice-unusable', 'stores[0].shopId', '3'));
    expect(await put(['1', 'harbour'], ['1', 'hill'])).toMatchObject(
      refusal(422, 'choice-unusable', 'stores[1].shopId', '1'),
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
    expect(await put('99')).toMatchObject(refusal(422, 'unknown-price-level', 'regularPriceLevelId', '99'));
    await wizard.till.call('PATCH', '/price-levels/3', { archived: true });
    expect(await put('3')).toMatchObject(refusal(422, 'choice-unusable', 'regularPriceLevelId', '3'));
    expect(await put('1', '99')).toMatchObject(refusal(422, 'unknown-price-level', 'salePriceLevelId', '99'));
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
    expect(await put({ employeeId: '99' })).toMatchObject(refusal(422, 'unknown-employee', 'employeeId', '99'));
    await wizard.till.call('PATCH', '/employees/2', { lockOut: true });
    expect(await put({ employeeId: '2' })).toMatchObject(refusal(422, 'choice-unusable', 'employeeId', '2'));
    // Employee 4 sells in shop 1 only, register 2 stands in shop 2.
    const elsewhere = await put({ employeeId: '4', registerId: '2' });
    expect(elsewhere).toMatchObject(refusal(422, 'choice-unusable', 'employeeId', '4'));
    expect(await put({ registerId: '99' })).toMatchObject(refusal(422, 'unknown-register', 'registerId', '99'));
    await wizard.till.call('PATCH', '/registers/3', { archived: true });
    expect(await put({ registerId: '3' })).toMatchObject(refusal(422, 'choice-unusable', 'registerId', '3'));
    expect(await put({ defaultPaymentTypeId: '1' })).toMatchObject(
      refusal(422, 'choice-unusable', 'defaultPaymentTypeId', '1'),
    );
    expect(await put({ defaultPaymentTypeId: '99' })).toMatchObject(
      refusal(422, 'unknown-payment-type', 'defaultPaymentTypeId', '99'),
    );
    expect(await put({ paymentTypes: { 'by-cheque': '98' } })).toMatchObject(
      refusal(422, 'unknown-payment-type', 'paymentTypes.by-cheque', '98'),
    );
    expect(await put({ registerByLocation: { moon: '1' } })).toMatchObject(
      refusal(422, 'unknown-location', 'registerByLocation.moon', 'moon'),
    );
    expect(await put({ shippingItemId: '9999' })).toMatchObject(refusal(422, 'unknown-item', 'shippingItemId', '9999'));
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
    expect(await put('nonsense')).toMatchObject(refusal(422, 'unknown-status', 'statusAfterExport', 'nonsense'));
    expect((await put('in-till')).status).toBe(200);
    await wizard.shop.storefront.expect('PUT', '/order-statuses', { statuses: [{ code: 'sold', name: 'Sold' }] });
    const warnings = [expect.stringContaining('"in-till", is no longer among those')];
    expect((await wizard.get()).body['steps']).toContainEqual(
      expect.objectContaining({ step: 'order-export', warnings }),
    );
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
