import type { Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import type { KeyRing } from '../runtime/key-ring.ts';

const encoding = new TextEncoder().encode('binary/tillbridge-sealed');
const binding = 'temporal/payload';

/**
 * Seals every payload before it reaches the Temporal server, so that a history read there tells nothing.
 * `/codec/decode` opens them for the Temporal UI. Payloads of others pass through unchanged.
 */
export function createPayloadCodec(ring: KeyRing): PayloadCodec {
  const seal = (payload: Payload): Payload => {
    const bytes = proto.temporal.api.common.v1.Payload.encode(payload).finish();
    const sealed = ring.seal(Buffer.from(bytes).toString('base64'), binding);
    return { metadata: { encoding }, data: new TextEncoder().encode(sealed) };
  };
  const open = (payload: Payload): Payload => {
    if (!payload.data || Buffer.compare(payload.metadata?.['encoding'] ?? new Uint8Array(), encoding) !== 0)
      return payload;
    const plain = ring.open(new TextDecoder().decode(payload.data), binding);
    return proto.temporal.api.common.v1.Payload.decode(Buffer.from(plain, 'base64'));
  };
  return {
    encode: async (payloads) => payloads.map(seal),
    decode: async (payloads) => payloads.map(open),
  };
}
