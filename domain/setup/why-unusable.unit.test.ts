import { expect, test } from 'vitest';
import { whyEmployeeUnusable, whyPaymentTypeUnusable } from './why-unusable.ts';

const ada = { archived: false, lockedOut: false, limitToShopId: null };

test('R27: an archived or locked employee, or one limited to another shop, can not sell web orders', () => {
  expect(whyEmployeeUnusable(ada, ['1'])).toBeNull();
  expect(whyEmployeeUnusable({ ...ada, limitToShopId: '1' }, ['1'])).toBeNull();
  expect(whyEmployeeUnusable({ ...ada, archived: true }, [])).toContain('archived');
  expect(whyEmployeeUnusable({ ...ada, lockedOut: true }, [])).toContain('locked out');
  expect(whyEmployeeUnusable({ ...ada, limitToShopId: '2' }, ['1'])).toContain('limited to shop 2');
  expect(whyEmployeeUnusable({ ...ada, limitToShopId: '1' }, ['1', '2'])).toContain('limited to shop 1');
});

test.each(['cash', 'Cash', 'gift card', 'credit account'])('the payment type %s is refused', (type) => {
  expect(whyPaymentTypeUnusable({ archived: false, type })).toContain("can't be used");
});

test('other payment types can be used unless they are archived', () => {
  for (const type of ['credit card', 'ecom', 'user defined']) {
    expect(whyPaymentTypeUnusable({ archived: false, type })).toBeNull();
    expect(whyPaymentTypeUnusable({ archived: true, type })).toContain('archived');
  }
});
