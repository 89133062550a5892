import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { Webhook } from 'standardwebhooks';
import { expect, onTestFinished, test } from 'vitest';
import { startWebShop } from '../../sandbox/web-shop/start-web-shop.ts';
import { createStorefrontClient } from '../../sandbox/web-shop/storefront-client.ts';

const SECRET = `whsec_${Buffer.from('a secret that both sides know').toString('base64')}`;

async function start() {
  const shop = await startWebShop({ secret: SECRET });
  onTestFinished(shop.stop);
  return shop;
}

async function send(url: string, id: string, event: object, { secret = SECRET, at = new Date() } = {}) {
  const body = JSON.stringify(event);
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  };
  return (await fetch(url, { method: 'POST', headers, body })).status;
}

/** A stand-in for Tillbridge's API that answers with `answer` and keeps the calls. */
async function startApi(answer: (call: string, calls: number) => { status: number; body: object }) {
  const calls: { call: string; key: string | undefined; body: unknown }[] = [];
  const app = express().use(express.json({ limit: '10mb' }));
  app.use((request, response) => {
    const call = `${request.method} ${request.originalUrl}`;
    calls.push({ call, key: request.get('authorization'), body: request.body });
    const { status, body } = answer(call, calls.length);
    response.status(status).json(body);
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => server.close().closeAllConnections());
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { calls, client: createStorefrontClient({ apiUrl, tenant: 'demo', key: 'the-key' }) };
}

test('an event with a wrong signature, an old one or an unsigned one is refused and changes nothing', async () => {
  const shop = await start();
  const event = { type: 'order.exported', data: { orderId: '1001', status: 'shipped' } };
  const wrong = `whsec_${Buffer.from('another secret').toString('base64')}`;
  expect(await send(shop.webhookUrl, 'e1', event, { secret: wrong })).toBe(401);
  expect(await send(shop.webhookUrl, 'e1', event, { at: new Date(Date.now() - 3_600_000) })).toBe(401);
  expect((await fetch(shop.webhookUrl, { method: 'POST', body: JSON.stringify(event) })).status).toBe(401);
  expect(shop.books.counts).toEqual({ verified: 0, rejected: 3, repeated: 0 });
  expect(shop.books.orders.size).toBe(0);
});

test('an event sent twice counts once, and an export sets the status of its order', async () => {
  const shop = await start();
  shop.books.setOrderStatus('1001', 'new');
  shop.books.setOrderStatus('1002', 'new');
  const exported = { type: 'order.exported', data: { orderId: '1001', status: 'shipped' } };
  expect(await send(shop.webhookUrl, 'e1', exported)).toBe(204);
  expect(await send(shop.webhookUrl, 'e1', exported)).toBe(204);
  await send(shop.webhookUrl, 'e2', { type: 'order.exported', data: { orderId: '1002', status: null } });
  expect(shop.books.counts).toEqual({ verified: 3, rejected: 0, repeated: 1 });
  expect(shop.books.orders.get('1001')).toEqual({ status: 'shipped', isExported: true });
  expect(shop.books.orders.get('1002')).toEqual({ status: 'new', isExported: true });
});

test('the shop shows what the listings feed says, page by page, once told of news', async () => {
  const feed = [
    { sku: 'A', version: 3, removed: false, displayed: true, quantity: 2, price: '9.50', salePrice: null },
    { sku: 'B<b>', version: 7, removed: false, displayed: true, quantity: 1, price: null, salePrice: null },
  ];
  const { client } = await startApi((call) => {
    const after = Number(new URL(call.split(' ')[1]!, 'http://x').searchParams.get('after'));
    return { status: 200, body: { listings: feed.filter(({ version }) => version > after).slice(0, 1) } };
  });
  const shop = await start();
  shop.connect(client);
  await expect.poll(() => shop.books.displayed().map(({ sku }) => sku)).toEqual(['A', 'B<b>']);
  feed.push({ ...feed[0]!, version: 9, displayed: false }, { ...feed[1]!, version: 11, removed: true });
  await send(shop.webhookUrl, 'e1', { type: 'listings.changed', data: { after: 7 } });
  await expect.poll(() => shop.books.version).toBe(11);
  expect(shop.books.displayed()).toEqual([]);
  expect([...shop.books.listings.keys()]).toEqual(['A']);
});

test('the page is readable and escapes what it shows', async () => {
  const shop = await start();
  shop.books.applyListings([{ sku: '<script>', version: 1, displayed: true, quantity: 4, price: '1.00' }]);
  const page = await (await fetch(shop.url)).text();
  expect(page).toContain('1 of 1 listings displayed');
  expect(page).toContain('&lt;script&gt;');
});

test('the client sends its key, splits the catalogue into thousands and escapes order numbers', async () => {
  const { client, calls } = await startApi(() => ({ status: 200, body: {} }));
  await client.putCatalogItems(Array.from({ length: 2_500 }, (_, n) => ({ sku: String(n) })));
  await client.postPaid('10/01', { amount: '5.00' });
  expect(calls.map(({ call }) => call)).toEqual([
    ...Array<string>(3).fill('PUT /v1/tenants/demo/catalog/items'),
    'POST /v1/tenants/demo/orders/10%2F01/paid',
  ]);
  expect(calls.map(({ body }) => (body as { items?: unknown[] }).items?.length)).toEqual([
    1_000,
    1_000,
    500,
    undefined,
  ]);
  expect(new Set(calls.map(({ key }) => key))).toEqual(new Set(['Bearer the-key']));
});

test('the client tries again when asked to wait, and passes on a refusal with its code', async () => {
  const { client, calls } = await startApi((_call, count) =>
    count === 1
      ? { status: 503, body: {} }
      : { status: 409, body: { code: 'order-exported', title: 'Exported', detail: 'The sale is made.' } },
  );
  await expect(client.postCancelled('1001')).rejects.toMatchObject({
    code: 'order-exported',
    status: 409,
    message: 'POST /orders/1001/cancelled: 409 order-exported The sale is made.',
  });
  expect(calls.length).toBe(2);
});
