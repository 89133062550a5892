import { expect, test } from 'vitest';
import { defaultOrderExport, defaultSettings } from './default-settings.ts';
import type { SetupSummary } from './setup-steps.ts';
import { missingForCompletion, nextStep, setupAdvice, setupSteps, stepRefusal } from './setup-steps.ts';

const nothing: SetupSummary = {
  connection: null,
  mappedShopCount: 0,
  importSettings: null,
  pricing: null,
  orderExport: null,
  faults: [],
  isCompleted: false,
};
const everything: SetupSummary = {
  connection: 'active',
  mappedShopCount: 1,
  importSettings: defaultSettings.importSettings,
  pricing: defaultSettings.pricing,
  orderExport: defaultSettings.orderExport,
  faults: [],
  isCompleted: false,
};
const missingSteps = (summary: SetupSummary) => missingForCompletion(summary).map(({ step }) => step);

test('R5: what is missing is named, each with a remedy, until nothing is', () => {
  expect(missingSteps(nothing)).toEqual(['connect', 'stores', 'import-settings', 'pricing', 'order-export']);
  for (const { reason, remedy } of missingForCompletion(nothing)) expect(reason && remedy).toBeTruthy();
  expect(missingSteps(everything)).toEqual([]);
});

test('R5: complete is refused with the list, and accepted with the defaults saved', () => {
  expect(stepRefusal('complete', { ...everything, mappedShopCount: 0, pricing: null })).toMatchObject({
    reason: 'Setup is not complete: missing are stores, pricing',
    missing: [{ step: 'stores' }, { step: 'pricing' }],
  });
  expect(stepRefusal('complete', everything)).toBeNull();
});

test('R6: at least one shop must be mapped', () => {
  expect(missingSteps({ ...everything, mappedShopCount: 0 })).toEqual(['stores']);
});

test('R11: pricing that is on needs a regular price level, R12: and no sale level', () => {
  const on = (regularPriceLevelId: string) => ({ enabled: true, regularPriceLevelId, salePriceLevelId: null }) as const;
  expect(missingSteps({ ...everything, pricing: on('') })).toEqual(['pricing']);
  expect(missingSteps({ ...everything, pricing: on('1') })).toEqual([]);
});

test.each([
  [null, null, 'an employee and a register'],
  ['2', null, 'a register'],
  [null, '5', 'an employee'],
])('R27: export needs employee and register, in a dry run too (%s, %s)', (employeeId, registerId, what) => {
  for (const mode of ['on', 'dry-run'] as const) {
    const [missing] = missingForCompletion({ ...everything, orderExport: { mode, employeeId, registerId } });
    expect(missing).toMatchObject({ step: 'order-export', reason: `Order export is on without ${what}` });
  }
  expect(missingSteps({ ...everything, orderExport: { mode: 'off', employeeId, registerId } })).toEqual([]);
});

test('connect comes first, the rest in any order', () => {
  for (const step of ['stores', 'import-settings', 'pricing', 'order-export'] as const) {
    for (const connection of [null, 'lost', 'replaced', 'disconnected'] as const) {
      expect(stepRefusal(step, { ...nothing, connection })).toMatchObject({ reason: 'Connect Lightspeed first' });
    }
    expect(stepRefusal(step, { ...nothing, connection: 'active' })).toBeNull();
    expect(stepRefusal(step, { ...everything, isCompleted: true })).toBeNull();
  }
  for (const connection of [null, 'active', 'lost', 'disconnected'] as const) {
    expect(stepRefusal('connect', { ...nothing, connection })).toBeNull();
  }
});

test('the wizard leads from step to step, and back to what has gone missing', () => {
  expect(nextStep(nothing)).toBe('connect');
  expect(nextStep({ ...nothing, connection: 'active' })).toBe('stores');
  expect(nextStep({ ...everything, orderExport: null })).toBe('order-export');
  expect(nextStep(everything)).toBe('complete');
  expect(nextStep({ ...everything, isCompleted: true })).toBeNull();
  expect(nextStep({ ...everything, isCompleted: true, connection: 'lost' })).toBe('connect');
});

test('R8, R10, R27, R28, R29: the defaults', () => {
  expect(defaultSettings).toMatchObject({
    importSettings: { onHand: true, onOrder: false, reorder: false },
    pricing: { enabled: false },
    orderExport: { mode: 'off' },
    sync: { intervalMinutes: 30, dayStart: '06:00', dayEnd: '22:00', failuresToTell: 3 },
  });
  expect(defaultOrderExport).toMatchObject({ statusAfterExport: null, whenFulfilled: false, saleDate: 'export' });
});

test('R4, R7, R15, R27, R28: each step carries its advice', () => {
  for (const step of setupSteps) expect(setupAdvice[step].length, step).toBeGreaterThan(0);
  expect(setupAdvice.connect.join()).toContain('the previous point-of-sale connection no longer works');
  expect(setupAdvice.stores.join()).toContain('map all of them');
  expect(setupAdvice.pricing.join()).toContain('pricing rules can not');
  expect(setupAdvice['order-export'].join()).toContain('separate employee and register');
  expect(setupAdvice['order-export'].join()).toContain('No change');
});
