import type { Transaction } from '../database.ts';
import { openAttention } from '../notify/attention.ts';
import { recordEvent } from '../notify/record-event.ts';
import type { WakeUp } from '../notify/wake-ups.ts';
import { requestWakeUp } from '../notify/wake-ups.ts';

/** Refusals whose cause may lie in the connection or in the setup: looked for at once, not only when a look is due. */
const calledForLook = new Set(['till-refused', 'employee-unusable', 'register-unusable']);

/** Says that a person must decide about an order (R36), and tells the storefront the first time. */
export async function openOrderAttention(
  tx: Transaction,
  tenant: string,
  orderId: string,
  words: { code: string; message: string; remedy: string },
): Promise<WakeUp[]> {
  const { code, message, remedy } = words;
  const isNew = await openAttention(tx, tenant, { kind: 'order', id: orderId, code }, { message, remedy });
  if (!isNew) return [];
  const data = { orderId, code, remedy }; // not the message: the vendor's words in it may name a customer
  const look = calledForLook.has(code) ? [await requestWakeUp(tx, tenant, 'connection-health', tenant)] : [];
  return [...look, await recordEvent(tx, tenant, { type: 'order.attention', subject: `order:${orderId}`, data })];
}
