import { defaultPayloadConverter } from '@temporalio/common';
import { expect } from 'vitest';
import { createKeyRing } from '../../runtime/key-ring.ts';
import { createPayloadCodec } from '../../temporal/payload-codec.ts';
import { platformKey, test } from '../stack-test.ts';
import { callApi } from './call-api.ts';

const base64 = (bytes: Uint8Array | null | undefined) => Buffer.from(bytes ?? []).toString('base64');

test('an operator’s tool reads a sealed payload through the codec, and only with the platform’s key', async ({
  app,
}) => {
  const codec = createPayloadCodec(createKeyRing(app.config.SECRET_KEYS));
  const [sealed] = await codec.encode([defaultPayloadConverter.toPayload({ tenant: 'acme' })]);
  expect(Buffer.from(sealed!.data!).toString()).not.toContain('acme');
  const body = {
    payloads: [{ metadata: { encoding: base64(sealed!.metadata!['encoding']) }, data: base64(sealed!.data) }],
  };
  const answer = await callApi(app.url, 'POST', '/codec/decode', { key: platformKey, body });
  const [opened] = answer.body['payloads'] as { data: string }[];
  expect(JSON.parse(Buffer.from(opened!.data, 'base64').toString())).toEqual({ tenant: 'acme' });
  expect((await callApi(app.url, 'POST', '/codec/decode', { body })).status).toBe(401);
  const broken = { payloads: [{ ...body.payloads[0], data: base64(Buffer.from('v1.other.a.b.c')) }] };
  expect((await callApi(app.url, 'POST', '/codec/decode', { key: platformKey, body: broken })).status).toBe(422);
});
