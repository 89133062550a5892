import { expect, test } from 'vitest';
import { defaultOrderExport } from './default-settings.ts';
import type { ChosenSettings, TillLists } from './find-faults.ts';
import { findChoiceFaults, findUserFault } from './find-faults.ts';

const lists: TillLists = {
  shops: [{ shopId: '1', archived: false }],
  priceLevels: [
    { priceLevelId: '1', archived: false },
    { priceLevelId: '2', archived: true },
  ],
  employees: [{ employeeId: '3', archived: false, lockedOut: false, limitToShopId: null }],
  registers: [{ registerId: '4', archived: false }],
  paymentTypes: [{ paymentTypeId: '7', archived: false, type: 'user defined' }],
};
const settings: ChosenSettings = {
  stores: [{ shopId: '1', shopName: 'Harbour Street' }],
  pricing: { enabled: true, regularPriceLevelId: '1', salePriceLevelId: null },
  orderExport: {
    ...defaultOrderExport,
    mode: 'on',
    employeeId: '3',
    registerId: '4',
    shopId: '1',
    defaultPaymentTypeId: '7',
  },
};
const codes = (changedLists: Partial<TillLists>, changedSettings: Partial<ChosenSettings> = {}) =>
  findChoiceFaults({ ...settings, ...changedSettings }, { ...lists, ...changedLists }).map(({ code }) => code);

test('R36: nothing is wrong with choices that Lightspeed still honours', () => {
  expect(codes({})).toEqual([]);
});

test('R36: each choice that is gone, archived or locked has a fault of its own, with what to do', () => {
  expect(codes({ shops: [] })).toEqual(['shop-gone']);
  expect(codes({ shops: [{ shopId: '1', archived: true }] })).toEqual(['shop-gone']);
  expect(codes({ priceLevels: [] })).toEqual(['price-level-gone']);
  expect(codes({ employees: [{ ...lists.employees[0]!, lockedOut: true }] })).toEqual(['employee-unusable']);
  expect(codes({ employees: [{ ...lists.employees[0]!, limitToShopId: '2' }] })).toEqual(['employee-unusable']);
  expect(codes({ registers: [] })).toEqual(['register-unusable']);
  expect(codes({ paymentTypes: [] })).toEqual(['payment-type-unusable']);
  expect(codes({ employees: [], registers: [] })).toEqual(['employee-unusable', 'register-unusable']);
  for (const fault of findChoiceFaults(settings, { ...lists, registers: [] })) {
    expect(fault).toMatchObject({
      step: 'order-export',
      reason: 'Order export: the register is no longer there in Lightspeed.',
      remedy: expect.stringContaining('Choose another register'),
    });
  }
});

test('R36: the sale price level and the register of a location count as well', () => {
  const pricing = { enabled: true, regularPriceLevelId: '1', salePriceLevelId: '2' } as const;
  expect(codes({}, { pricing })).toEqual(['price-level-gone']);
  const registerByLocation = { mill: { registerId: '5', shopId: '2' } };
  const orderExport = { ...settings.orderExport, registerByLocation } as ChosenSettings['orderExport'];
  expect(codes({}, { orderExport })).toEqual(['register-unusable']);
});

test('what is turned off can not be wrong', () => {
  const off: ChosenSettings = { stores: [], pricing: { enabled: false }, orderExport: { mode: 'off' } };
  const nothing: TillLists = { shops: [], priceLevels: [], employees: [], registers: [], paymentTypes: [] };
  expect(findChoiceFaults(off, nothing)).toEqual([]);
});

test('R2: a user whose Admin right was taken is a fault of the connection', () => {
  expect(findUserFault({ admin: true })).toEqual([]);
  expect(findUserFault({ register: true })).toMatchObject([{ step: 'connect', code: 'admin-right-gone' }]);
});
