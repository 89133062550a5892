import { expect, test } from 'vitest';
import type { OrderExportChoice } from '../../workflows/messages/setup.ts';
import type { OrderExportLists } from './check-order-export.ts';
import { checkOrderExport } from './check-order-export.ts';

type Active = OrderExportChoice & { mode: 'dry-run' | 'on' };

const choice: Active = {
  mode: 'on',
  employeeId: '2',
  registerId: '5',
  registerByLocation: {},
  statusAfterExport: null,
  whenFulfilled: false,
  defaultPaymentTypeId: '3',
  paymentTypes: {},
  taxPolicy: 'line',
  saleDate: 'export',
  shippingItemId: null,
  taxItemId: null,
  refunds: false,
  exportFrom: null,
};
const employee = (employeeId: string, more = {}) => ({
  employeeId,
  name: 'Ada Moss',
  archived: false,
  lockedOut: false,
  limitToShopId: null,
  ...more,
});
const register = (registerId: string, shopId: string, more = {}) => ({
  registerId,
  name: `Register ${registerId}`,
  shopId,
  open: true,
  archived: false,
  ...more,
});
const paymentType = (paymentTypeId: string, type: string, archived = false) => ({
  paymentTypeId,
  name: type,
  type,
  archived,
  requireCustomer: false,
});
const lists: OrderExportLists = {
  employees: [
    employee('2'),
    employee('3', { archived: true }),
    employee('4', { lockedOut: true }),
    employee('6', { limitToShopId: '2' }),
  ],
  registers: [register('5', '1'), register('6', '2', { open: false }), register('7', '1', { archived: true })],
  paymentTypes: [
    paymentType('1', 'cash'),
    paymentType('2', 'gift card'),
    paymentType('3', 'credit card'),
    paymentType('4', 'credit account'),
    paymentType('5', 'user defined', true),
  ],
  items: [
    { itemId: '20', archived: false, itemType: 'non_inventory' },
    { itemId: '21', archived: true, itemType: 'non_inventory' },
  ],
  locationIds: ['hill'],
};

test("R27, R32: a sale leaves the stock of the register's shop, by location where one is chosen", () => {
  const { settings } = checkOrderExport({ ...choice, registerByLocation: { hill: '6' }, shippingItemId: '20' }, lists);
  expect(settings).toMatchObject({ shopId: '1', registerByLocation: { hill: { registerId: '6', shopId: '2' } } });
  expect(settings).not.toHaveProperty('exportFrom');
});

test('a closed register is accepted with a warning', () => {
  const { warnings } = checkOrderExport({ ...choice, registerId: '6' }, lists);
  expect(warnings.join()).toContain('is closed in Lightspeed');
});

test.each<[string, Partial<Active>, string, string]>([
  ['an unknown employee', { employeeId: '9' }, 'unknown-employee', 'employeeId'],
  ['an archived employee', { employeeId: '3' }, 'choice-unusable', 'employeeId'],
  ['a locked employee', { employeeId: '4' }, 'choice-unusable', 'employeeId'],
  ['an employee limited to another shop', { employeeId: '6' }, 'choice-unusable', 'employeeId'],
  ['an unknown register', { registerId: '9' }, 'unknown-register', 'registerId'],
  ['an archived register', { registerId: '7' }, 'choice-unusable', 'registerId'],
  [
    'an unknown register of a location',
    { registerByLocation: { hill: '9' } },
    'unknown-register',
    'registerByLocation.hill',
  ],
  ['an unknown location', { registerByLocation: { moon: '5' } }, 'unknown-location', 'registerByLocation.moon'],
  ['an unknown payment type', { defaultPaymentTypeId: '9' }, 'unknown-payment-type', 'defaultPaymentTypeId'],
  ['cash', { defaultPaymentTypeId: '1' }, 'choice-unusable', 'defaultPaymentTypeId'],
  ['a gift card', { paymentTypes: { card: '2' } }, 'choice-unusable', 'paymentTypes.card'],
  ['a credit account', { defaultPaymentTypeId: '4' }, 'choice-unusable', 'defaultPaymentTypeId'],
  ['an archived payment type', { defaultPaymentTypeId: '5' }, 'choice-unusable', 'defaultPaymentTypeId'],
  ['an unknown item', { shippingItemId: '99' }, 'unknown-item', 'shippingItemId'],
  ['an archived item', { taxItemId: '21' }, 'choice-unusable', 'taxItemId'],
])('R27: %s is refused, naming the field', (_what, change, code, field) => {
  expect(() => checkOrderExport({ ...choice, ...change }, lists)).toThrow(expect.objectContaining({ code, field }));
});
