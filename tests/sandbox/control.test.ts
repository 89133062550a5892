import { expect, test } from 'vitest';
import { call, control, openSandbox, stockedItem } from './sandbox-test.ts';

test('a new account is apart from the first, and its tokens are good for it alone', async () => {
  const sandbox = await openSandbox();
  const account = await control(sandbox, 'POST', 'accounts', { seed: 9, items: 12, registers: 2, name: 'Second' });
  expect(account.employees[1]).toMatchObject({ employeeId: '2', isAdmin: false });
  expect(account.registers.at(-1)).toMatchObject({ registerId: '2', name: 'Online', shopId: '1' });
  const second = { ...sandbox, ...account };
  expect((await call(second, 'GET', 'Item.json?count=1&archived=true')).body['@attributes'].count).toBe('12');
  expect((await call(sandbox, 'GET', 'Item.json', undefined, account.accessToken)).status).toBe(403);
  expect(
    (await call(sandbox, 'GET', `${sandbox.apiUrl}/Account.json`, undefined, account.accessToken)).body.Account.name,
  ).toBe('Second');
});

test('the same seed gives the same shop', async () => {
  const [one, two] = [await openSandbox({ seed: 5 }), await openSandbox({ seed: 5 })];
  const items = async (sandbox: typeof one) =>
    [(await call(sandbox, 'GET', 'Item.json')).body.Item].flat().map((item) => [item.description, item.upc]);
  expect(await items(one)).toEqual(await items(two));
});

test('items appear, change, are archived and vanish', async () => {
  const sandbox = await openSandbox();
  const base = `accounts/${sandbox.accountId}/items`;
  const added = await control(sandbox, 'POST', base, {
    description: 'Bell',
    upc: '012345678905',
    brand: 'Ding',
    prices: { Default: 12.5, Online: '11' },
    stock: [{ shopId: 1, qoh: 4, reorderPoint: 2 }],
  });
  expect(added).toMatchObject({ brand: 'Ding', prices: { Default: '12.5', Online: '11' } });
  const { Item } = (await call(sandbox, 'GET', `Item/${added.itemId}.json?load_relations=["ItemShops","Manufacturer"]`))
    .body;
  expect(Item.Manufacturer.name).toBe('Ding');
  expect(Item.ItemShops.ItemShop[0]).toMatchObject({ shopID: '1', qoh: '4', reorderPoint: '2' });
  await control(sandbox, 'PATCH', `${base}/${added.itemId}`, { prices: { Default: '0' }, archived: true });
  expect((await call(sandbox, 'GET', `Item/${added.itemId}.json`)).body.Item).toMatchObject({ archived: 'true' });
  await control(sandbox, 'DELETE', `${base}/${added.itemId}`);
  expect((await call(sandbox, 'GET', `Item/${added.itemId}.json`)).status).toBe(404);
});

test('stock moves name the sale that made them', async () => {
  const sandbox = await openSandbox();
  const { itemID } = await stockedItem(sandbox);
  const { Sale } = (
    await call(sandbox, 'POST', 'Sale.json', {
      employeeID: 1,
      registerID: 1,
      completed: true,
      taxCategoryID: 0,
      SaleLines: { SaleLine: { itemID, unitQuantity: 3, unitPrice: 1 } },
      SalePayments: { SalePayment: { amount: 3, paymentTypeID: 7 } },
    })
  ).body;
  const { moves } = await control(sandbox, 'GET', `accounts/${sandbox.accountId}/books/stock-moves`);
  expect(moves).toEqual([expect.objectContaining({ saleId: Sale.saleID, itemId: itemID, shopId: '1', change: '-3' })]);
});

test('registers and tokens can be taken away', async () => {
  const sandbox = await openSandbox();
  const base = `accounts/${sandbox.accountId}`;
  await control(sandbox, 'PATCH', `${base}/registers/2`, { removed: true });
  expect((await call(sandbox, 'GET', 'Register/2.json')).status).toBe(404);
  await control(sandbox, 'POST', `${base}/tokens/revoke`, { employeeId: 2 });
  expect((await call(sandbox, 'GET', 'Shop.json', undefined, sandbox.nonAdminAccessToken)).body.hint).toBe(
    'Access token has been revoked',
  );
  expect((await call(sandbox, 'GET', 'Shop.json')).status).toBe(200);
});

test('the request log keeps no secrets, and the front page lists every route', async () => {
  const sandbox = await openSandbox();
  await fetch(`${sandbox.authUrl}/authorize?client_id=${sandbox.clientId}&response_type=code&state=secret-state`);
  await call(sandbox, 'GET', 'Shop.json?limit=1');
  const { requests, counters } = await control(sandbox, 'GET', 'requests');
  expect(requests.map(({ path }: { path: string }) => path)).toEqual([
    '/auth/oauth/authorize',
    `/API/V3/Account/${sandbox.accountId}/Shop.json?limit=1`,
  ]);
  expect(counters).toMatchObject({ requests: 2, 'GET Shop': 1, drips: 1 });
  const front = await (await fetch(sandbox.controlUrl)).json();
  expect(front).toMatchObject({
    ready: true,
    routes: expect.arrayContaining([expect.objectContaining({ path: '/__sandbox/faults' })]),
  });
});
