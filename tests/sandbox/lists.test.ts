import { expect, test } from 'vitest';
import { allRows, call, control, openSandbox } from './sandbox-test.ts';

const itemFields = ['itemID', 'systemSku', 'description', 'timeStamp', 'archived', 'tax', 'defaultCost'];

test('paging yields every item once, by absolute next links, also while items change', async () => {
  const sandbox = await openSandbox({ items: 333 });
  const edit = async (page: number) => {
    await control(sandbox, 'PATCH', `accounts/${sandbox.accountId}/items/${page}`, { description: `Edited ${page}` });
  };
  const rows = await allRows(sandbox, 'Item.json?limit=40', 'Item', edit);
  expect(rows.map((row) => row.itemID)).toEqual(Array.from({ length: 333 }, (_, index) => String(index + 1)));
});

test('paging down by time stamp ends, and goes back by previous', async () => {
  const sandbox = await openSandbox({ items: 120 });
  const down = await allRows(sandbox, 'Item.json?limit=50&sort=-timeStamp', 'Item');
  expect(new Set(down.map((row) => row.itemID)).size).toBe(120);
  const first = await call(sandbox, 'GET', 'Item.json?limit=50');
  expect(first.body['@attributes'].previous).toBe('');
  expect(first.body['@attributes'].next).toMatch(
    /^http:\/\/127\.0\.0\.1:\d+\/API\/V3\/Account\/\d+\/Item\.json\?limit=50&sort=itemID&after=/,
  );
  const second = await call(sandbox, 'GET', first.body['@attributes'].next);
  const back = await call(sandbox, 'GET', second.body['@attributes'].previous);
  expect(back.body.Item).toEqual(first.body.Item);
});

test('every scalar is a string', async () => {
  const sandbox = await openSandbox();
  const { body, text } = await call(sandbox, 'GET', 'Item/1.json?load_relations=all');
  expect(body['@attributes']).toEqual({ count: '1' });
  for (const field of itemFields) expect(body.Item[field], field).toBeTypeOf('string');
  JSON.parse(text, (key, value: unknown) => {
    expect(['string', 'object'], key).toContain(typeof value);
    return value;
  });
});

test('one row is an object, several are an array, none is no key', async () => {
  const sandbox = await openSandbox();
  expect((await call(sandbox, 'GET', 'Item.json?itemID=3')).body.Item.itemID).toBe('3');
  expect((await call(sandbox, 'GET', 'Item.json?itemID=IN,[3,4]')).body.Item).toHaveLength(2);
  expect((await call(sandbox, 'GET', 'Item.json?itemID=99999')).body).toEqual({
    '@attributes': { next: '', previous: '' },
  });
});

test('relations are absent, an object or an array, and "" inside a contact', async () => {
  const sandbox = await openSandbox();
  expect((await call(sandbox, 'GET', 'Item/1.json')).body.Item).not.toHaveProperty('ItemShops');
  const shops = await call(sandbox, 'GET', 'Shop.json?load_relations=["Registers"]');
  const registers = (shops.body.Shop as { Registers: { Register: unknown } }[]).map((shop) =>
    Array.isArray(shop.Registers.Register),
  );
  expect(registers).toEqual([true, false, false]);
  const created = await call(sandbox, 'POST', 'Customer.json', {
    firstName: 'Mo',
    Contact: { Emails: { ContactEmail: { address: 'mo@example.com' } } },
  });
  expect(created.body.Customer.Contact).toMatchObject({
    noEmail: 'true',
    Addresses: '',
    Emails: { ContactEmail: { address: 'mo@example.com' } },
  });
  expect((await call(sandbox, 'GET', 'Item.json?load_relations=["Nonsense"]')).status).toBe(400);
});

test('filters compare numbers, text, lists, ranges and alternatives', async () => {
  const sandbox = await openSandbox();
  const ids = async (query: string) =>
    (await allRows(sandbox, `Item.json?archived=true&${query}`, 'Item')).map((row) => Number(row.itemID));
  expect(await ids('itemID=%3E%3D,39')).toEqual([39, 40]);
  expect(await ids('itemID=%3E,39')).toEqual([40]);
  expect(await ids('itemID=%3C,3')).toEqual([1, 2]);
  expect(await ids('itemID=%3E%3C,7,9')).toEqual([7, 8, 9]);
  expect(await ids('itemID=!%3D,1&itemID=%3C%3D,3')).toEqual([2, 3]);
  expect(await ids('customSku=~,%25000012')).toEqual([12]);
  expect(await ids(`or=${encodeURIComponent('itemID=5|customSku=~,%000006')}`)).toEqual([5, 6]);
  const many = (count: number) => Array.from({ length: count }, (_, index) => index + 1).join(',');
  expect(await ids(`itemID=IN,[${many(100)}]`)).toHaveLength(40);
  expect((await call(sandbox, 'GET', `Item.json?itemID=IN,[${many(101)}]`)).status).toBe(400);
});

test('stock is found by its own time stamp, and an item keeps its', async () => {
  const sandbox = await openSandbox();
  const before = (await call(sandbox, 'GET', 'Item/7.json')).body.Item.timeStamp;
  await control(sandbox, 'POST', 'clock', { advanceMs: 5_000 });
  const since = new Date(sandbox.world.clock.now() * 1_000).toISOString();
  await control(sandbox, 'PUT', `accounts/${sandbox.accountId}/stock`, { itemId: 7, shopId: 2, qoh: 11, backorder: 3 });
  const moved = await allRows(
    sandbox,
    `ItemShop.json?sort=timeStamp&shopID=!%3D,0&timeStamp=%3E%3D,${encodeURIComponent(since)}`,
    'ItemShop',
  );
  expect(moved).toEqual([
    expect.objectContaining({ itemID: '7', shopID: '2', qoh: '11', sellable: '11', backorder: '3' }),
  ]);
  expect((await call(sandbox, 'GET', 'Item/7.json')).body.Item.timeStamp).toBe(before);
  const rows = await allRows(sandbox, 'ItemShop.json?itemID=7', 'ItemShop');
  const sum = rows.filter((row) => row.shopID !== '0').reduce((total, row) => total + Number(row.qoh), 0);
  expect(rows.find((row) => row.shopID === '0').qoh).toBe(String(sum));
});

test('archived items are left out unless asked for, and archiving empties their stock', async () => {
  const sandbox = await openSandbox();
  const count = async (query: string) =>
    Number((await call(sandbox, 'GET', `Item.json?count=1${query}`)).body['@attributes'].count);
  const live = await count('');
  await call(sandbox, 'DELETE', 'Item/1.json');
  expect(await count('')).toBe(live - 1);
  expect(await count('&archived=true')).toBe(40);
  expect((await allRows(sandbox, 'Item.json?archived=only', 'Item')).map((row) => row.itemID)).toContain('1');
  expect((await allRows(sandbox, 'ItemShop.json?itemID=1&qoh=!%3D,0', 'ItemShop')).length).toBe(0);
  expect((await call(sandbox, 'PUT', 'Item/2.json', { archived: true })).status).toBe(400);
});

test('count, sort and limit refuse what they do not offer, in the recorded shape', async () => {
  const sandbox = await openSandbox();
  expect((await call(sandbox, 'GET', 'Item.json?count=1&limit=5')).status).toBe(400);
  expect((await call(sandbox, 'GET', 'Item.json?limit=101')).status).toBe(400);
  const sorted = await call(sandbox, 'GET', 'Item.json?sort=upc');
  expect(sorted.body).toEqual({
    httpCode: '400',
    httpMessage: 'Bad Request',
    message: expect.stringContaining('timeStamp'),
    errorClass: 'Exception',
  });
  expect(sorted.headers.get('content-type')).toBe('text/html; charset=UTF-8');
  expect((await call(sandbox, 'GET', 'Employee/77.json')).body.message).toBe(
    "Object of type 'Employee' not found with primary ID '77'.",
  );
  expect((await call(sandbox, 'POST', 'Item.json', { description: '' })).body.message).toBe(
    'Item not created. An Item must have a description.',
  );
  expect((await call(sandbox, 'GET', 'Item.json?after=nonsense')).status).toBe(400);
  expect((await call(sandbox, 'GET', 'Item/%ff.json')).status).toBe(400);
});

test('long answers are zipped for those who take it', async () => {
  const sandbox = await openSandbox();
  const { headers, body } = await call(sandbox, 'GET', 'Item.json');
  expect(headers.get('content-encoding')).toBe('gzip');
  expect(body.Item.length).toBeGreaterThan(1);
});
