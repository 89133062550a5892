import { expect } from 'vitest';
import { test } from './stub-till.ts';

const manufacturer = (id: number) => ({ manufacturerID: String(id), name: `Maker ${id}` });
const page = (next: string, ...ids: number[]) => ({
  status: 200,
  body: { '@attributes': { next, previous: '' }, ...(ids.length > 0 && { Manufacturer: ids.map(manufacturer) }) },
});
const stock = { onProgress: () => {} };
const failing = { status: 504, body: '<html>' };

test('pages are walked by the addresses that the till gives', async ({ stub, till }) => {
  const list = `${stub.apiUrl}/Account/1/Manufacturer.json`;
  stub.setReplies(page(`${list}?limit=100&after=a`, 1, 2), page(`${list}?limit=100&after=b`, 3), page('', 4));
  expect((await till.manufacturers()).map(({ manufacturerId }) => manufacturerId)).toEqual(['1', '2', '3', '4']);
});

test.for<[string, (apiUrl: string) => string]>([
  ['another host', () => 'https://evil.example/API/V3/Account/1/Manufacturer.json?after=a'],
  ['the same name over another port', () => 'http://127.0.0.1:1/API/V3/Account/1/Manufacturer.json?after=a'],
  ['another account', (apiUrl: string) => `${apiUrl}/Account/2/Manufacturer.json?after=a`],
  ['another resource', (apiUrl: string) => `${apiUrl}/Account/1/Sale.json?after=a`],
  ['a user in the address', (apiUrl: string) => `${apiUrl.replace('//', '//x@')}/Account/1/Manufacturer.json?after=a`],
  ['no address', () => '/API/V3/Account/1/Manufacturer.json?after=a'],
])('a next that leads to %s is not followed', async ([, next], { stub, till }) => {
  stub.setReplies(page(next(stub.apiUrl), 1));
  await expect(till.manufacturers()).rejects.toMatchObject({ kind: 'wrong-host', retryable: false });
  expect(stub.calls).toHaveLength(1);
});

test('a cursor kept from earlier is held to the same rule', async ({ stub, till }) => {
  const pages = till.allItemPages('https://evil.example/API/V3/Account/1/Item.json?after=a', stock);
  await expect(pages[Symbol.asyncIterator]().next()).rejects.toMatchObject({ kind: 'wrong-host' });
  expect(stub.calls).toHaveLength(0);
});

test('a next that leads back ends the walk instead of going round', async ({ stub, till }) => {
  const list = `${stub.apiUrl}/Account/1/Manufacturer.json`;
  stub.setReplies(page(`${list}?after=a`, 1), page(`${list}?after=b`, 2), page(`${list}?after=a`, 3));
  await expect(till.manufacturers()).rejects.toMatchObject({ kind: 'malformed' });
  expect(stub.calls).toHaveLength(3);
});

test('a page too heavy for the till is halved from the same cursor before the walk fails', async ({ stub, till }) => {
  const cursor = `${stub.apiUrl}/Account/1/Item.json?sort=itemID&limit=100&after=a`;
  stub.setReplies(failing, failing, { status: 200, body: { '@attributes': { next: '', previous: '' } } });
  const pages = [];
  for await (const one of till.allItemPages(cursor, stock)) pages.push(one);
  const limits = stub.calls.map(({ url }) => new URL(url, stub.apiUrl).searchParams);
  expect(limits.slice(0, 3).map((query) => query.get('limit'))).toEqual(['100', '50', '25']);
  expect(new Set(limits.map((query) => query.get('after')))).toEqual(new Set(['a']));
  expect(pages).toMatchObject([{ rows: [], next: null, calls: 4 }]);
});

test('a page that stays too heavy fails the walk', async ({ stub, till }) => {
  stub.setReplies(failing);
  await expect(till.changedItemPages(new Date(0), null, stock)[Symbol.asyncIterator]().next()).rejects.toMatchObject({
    kind: 'unavailable',
    status: 504,
  });
  expect(stub.calls).toHaveLength(4);
});

test('an empty page behind a cursor is read twice before it is taken for the end', async ({ stub, till }) => {
  const list = `${stub.apiUrl}/Account/1/Manufacturer.json`;
  stub.setReplies(page(`${list}?after=a`, 1), page(''), page('', 2));
  expect(await till.manufacturers()).toHaveLength(2);
});

test('a poll asks for what has changed since, archived items too, and never for the sums over shops', async ({
  stub,
  till,
}) => {
  const since = new Date('2026-02-01T10:00:00.900Z');
  await till.changedItemPages(since, null, stock)[Symbol.asyncIterator]().next();
  await till.changedStockPages(since, null, stock)[Symbol.asyncIterator]().next();
  const [items, shops] = stub.calls.map(({ url }) => Object.fromEntries(new URL(url, stub.apiUrl).searchParams));
  expect(items).toEqual({
    archived: 'true',
    timeStamp: '>=,2026-02-01T10:00:00+00:00',
    sort: 'timeStamp',
    limit: '100',
  });
  expect(shops).toEqual({ shopID: '!=,0', timeStamp: '>=,2026-02-01T10:00:00+00:00', sort: 'timeStamp', limit: '100' });
});

test('a pull that may use a tenth of the drip rate spends no more', async ({ stub, till }) => {
  const list = (after: string) => `${stub.apiUrl}/Account/1/Item.json?after=${after}`;
  const answer = (next: string) => ({
    status: 200,
    body: { '@attributes': { next, previous: '' } },
    headers: { 'x-ls-api-bucket-level': '1.4/90', 'x-ls-api-drip-rate': '50' },
  });
  stub.setReplies(answer(list('b')), answer(list('b')), answer(''));
  const startedAt = performance.now();
  for await (const page of till.allItemPages(null, { dripShare: 0.1 })) expect(page.rows).toEqual([]);
  expect(performance.now() - startedAt).toBeGreaterThan((2.8 / 5) * 1_000 - 5);
});
