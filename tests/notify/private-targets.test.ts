import { expect } from 'vitest';
import { putWebhook } from '../../db/notify/webhook.ts';
import { createKeyRing } from '../../runtime/key-ring.ts';
import { createSigningSecret } from '../../webhooks/sign.ts';
import { callApi } from '../api/call-api.ts';
import { test as base } from './notify-test.ts';

const test = base.extend({ overrides: [{ WEBHOOK_ALLOW_PRIVATE: '0' }, { scope: 'file' }] });

test.for([
  'https://127.0.0.1/',
  'https://localhost/',
  'https://[::1]/',
  'https://169.254.169.254/latest/',
  'http://8.8.8.8/',
])('the address %s is refused', async (url, { app, outbox }) => {
  const path = `/v1/tenants/${outbox.tenant}/webhook`;
  const answer = await callApi(app.url, 'PUT', path, { key: outbox.storefrontKey, body: { url } });
  expect([answer.status, answer.body['code'], answer.body['field']]).toEqual([422, 'invalid', 'url']);
});

test('an address that led outside when it was set, and leads inside now, is not called', async ({
  app,
  db,
  outbox,
  receiver,
}) => {
  const ring = createKeyRing(app.config.SECRET_KEYS);
  const url = `https://localhost:${new URL(receiver.url).port}/hook`;
  await db.transaction((tx) => putWebhook(tx, ring, outbox.tenant, { url, secret: createSigningSecret() }));
  await outbox.tell('order:1');
  const read = () => callApi(app.url, 'GET', `/v1/tenants/${outbox.tenant}/events`, { key: outbox.storefrontKey });
  await expect
    .poll(async () => (await read()).body['events'], { timeout: 40_000 })
    .toMatchObject([{ deliveredAt: null, lastError: 'The address leads to a private network' }]);
  expect([receiver.taken.length, receiver.refused.length, receiver.forged]).toEqual([0, 0, 0]);
});
