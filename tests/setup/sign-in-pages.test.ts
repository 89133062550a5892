import { expect } from 'vitest';
import { test } from '../stack-test.ts';

test("R1, R2, R3: through the till's own sign-in pages, a manager is refused and then the owner connects", async ({
  shop,
}) => {
  const refused = await shop.connect('2');
  expect(refused).toMatchObject({ status: 403, body: { code: 'not-admin' } });
  const connected = await shop.connect('1');
  expect(connected).toMatchObject({ status: 200, body: { tenant: shop.tenant, accountId: shop.accountId } });
  const options = await shop.admin.expect('GET', '/setup/options');
  expect(options).toMatchObject({
    shops: expect.arrayContaining([expect.objectContaining({ shopId: '1', usable: true })]),
  });
  const setup = await shop.admin.expect('GET', '/setup');
  expect(setup).toMatchObject({ nextStep: 'stores', connection: { state: 'active', accountId: shop.accountId } });
});
