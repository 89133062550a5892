import { expect, test } from 'vitest';
import { hasAdminRight } from './admin-right.ts';

test('R2: a user with the admin right is an admin', () => {
  expect(hasAdminRight({ admin: 'true', register: 'true' })).toBe(true);
  expect(hasAdminRight({ admin: true })).toBe(true);
});

test('R2: an absent or denied admin right is none, whatever else the user may do', () => {
  for (const rights of [{}, null, undefined, { admin: 'false' }, { admin: false }, { admin: '' }, { admin: 'Owner' }]) {
    expect(hasAdminRight(rights)).toBe(false);
  }
  expect(hasAdminRight({ admin_shops: 'true', admin_employees: 'true', register: 'true' })).toBe(false);
  expect(hasAdminRight(Object.create({ admin: 'true' }))).toBe(false);
});
