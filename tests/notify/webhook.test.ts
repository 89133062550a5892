import { expect } from 'vitest';
import { createSigningSecret } from '../../webhooks/sign.ts';
import { callApi } from '../api/call-api.ts';
import { test } from './notify-test.ts';

test('a signing secret is shown once, kept when the address changes, and replaced when given', async ({
  app,
  db,
  outbox,
  receiver,
}) => {
  const path = `/v1/tenants/${outbox.tenant}/webhook`;
  const key = outbox.storefrontKey;
  const again = await callApi(app.url, 'PUT', path, { key, body: { url: receiver.url } });
  expect(again.body).toEqual({ url: receiver.url });
  await outbox.tell('order:1');
  await expect.poll(() => receiver.taken.length, { timeout: 40_000 }).toBe(1);
  const secret = createSigningSecret();
  const own = await callApi(app.url, 'PUT', path, { key, body: { url: receiver.url, secret } });
  expect(own.text).not.toContain(secret);
  receiver.trust(secret);
  await outbox.tell('order:1');
  await expect.poll(() => receiver.taken.length, { timeout: 40_000 }).toBe(2);
  const read = await callApi(app.url, 'GET', path, { key });
  expect(read.body).toMatchObject({ url: receiver.url, undelivered: 0 });
  expect(read.text).not.toContain('secret');
  const stored = await db.execute<{ row: string }>('select webhooks::text as row from webhooks');
  expect(stored.map(({ row }) => row).join()).not.toContain(secret);
});

test.for(['nonsense', 'ftp://shop.example/', 'https://user:word@shop.example/', ''])(
  'the address "%s" is refused',
  async (url, { app, outbox }) => {
    const path = `/v1/tenants/${outbox.tenant}/webhook`;
    const answer = await callApi(app.url, 'PUT', path, { key: outbox.storefrontKey, body: { url } });
    expect([answer.status, answer.body['field']]).toEqual([422, 'url']);
  },
);

test('a secret that is none is refused', async ({ app, outbox, receiver }) => {
  const path = `/v1/tenants/${outbox.tenant}/webhook`;
  const body = { url: receiver.url, secret: 'whsec_short' };
  const answer = await callApi(app.url, 'PUT', path, { key: outbox.storefrontKey, body });
  expect([answer.status, answer.body['field']]).toEqual([422, 'secret']);
});

test('events can be read page by page, without a webhook and without a gap', async ({ app, outbox }) => {
  for (let count = 0; count < 5; count++) await outbox.tell('listings');
  const numbers: number[] = [];
  for (let after = 0, more = true; more; ) {
    const path = `/v1/tenants/${outbox.tenant}/events?after=${after}&limit=2`;
    const { body } = await callApi(app.url, 'GET', path, { key: outbox.storefrontKey });
    numbers.push(...(body['events'] as { number: number }[]).map(({ number }) => number));
    after = Number(body['next']);
    more = body['more'] === true;
  }
  expect(numbers).toEqual([1, 2, 3, 4, 5]);
});
