import { z } from 'zod';
import { Problem } from '../../domain/problem.ts';
import { createPayloadCodec } from '../../temporal/payload-codec.ts';
import { endpoint } from '../http/endpoint.ts';

/** A payload as Temporal's remote codecs exchange it: bytes in base64. */
const WirePayload = z.looseObject({
  metadata: z.record(z.string(), z.base64()).optional(),
  data: z.base64().optional(),
});

export const postCodecDecodeEndpoint = endpoint({
  method: 'post',
  path: '/codec/decode',
  roles: ['platform'],
  summary: 'Open the payloads of a workflow’s history',
  description:
    'Temporal’s remote codec protocol, for its CLI: `temporal workflow show --codec-endpoint … --codec-auth "Bearer tb_platform_…"`. ' +
    'For the platform’s own keys only, as payloads don’t tell whose they are.',
  body: z.strictObject({ payloads: z.array(WirePayload).max(10_000) }),
  success: { status: 200, body: z.object({ payloads: z.array(z.looseObject({})) }) },
  async handle({ body }, { ring }) {
    const sealed = body.payloads.map(({ metadata = {}, data }) => ({
      metadata: Object.fromEntries(Object.entries(metadata).map(([name, text]) => [name, Buffer.from(text, 'base64')])),
      data: data === undefined ? null : Buffer.from(data, 'base64'),
    }));
    const opened = await createPayloadCodec(ring)
      .decode(sealed)
      .catch(() => {
        throw new Problem('invalid', 'payloads: one of them can’t be opened with our keys', { field: 'payloads' });
      });
    const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
    const payloads = opened.map(({ metadata, data }) => ({
      metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([name, bytes]) => [name, base64(bytes)])),
      data: base64(data ?? new Uint8Array()),
    }));
    return { body: { payloads } };
  },
});
