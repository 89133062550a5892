import type { Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import type { KeyRing } from '../runtime/key-ring.ts';

const encoding = new TextEncoder().encode('binary/tillbridge-sealed');
const binding = 'temporal/payload';

/** Whether a value out of a history is a payload that this codec has sealed. */
export function isSealedPayload(value: Payload): value is Payload & { data: Uint8Array } {
  const made = value.metadata?.['encoding'];
  return value.data instanceof Uint8Array && made !== undefined && Buffer.compare(made, encoding) === 0;
}

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
    if (!isSealedPayload(payload)) return payload;
    const plain = ring.open(new TextDecoder().decode(payload.data), binding);
    return proto.temporal.api.common.v1.Payload.decode(Buffer.from(plain, 'base64'));
  };
  return {
    encode: async (payloads) => payloads.map(seal),
    decode: async (payloads) => payloads.map(open),
  };
}
