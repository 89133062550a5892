import { z } from 'zod';
import type { RecordedFact } from '../../db/orders/record-fact.ts';
import { exportStates } from '../../domain/orders/export-moves.ts';

/** Where an order stands, in plain words (R26, R36). */
export const OrderAnswer = z
  .object({
    orderId: z.string(),
    state: z.enum(exportStates),
    messageCode: z.string().describe('Stable, for programs'),
    message: z.string().describe('For people'),
    nextTryAt: z.iso.datetime().nullable(),
    ignored: z.string().nullable().describe('Why what was sent changed nothing; null if it was taken'),
  })
  .meta({ id: 'OrderAnswer' });

export function toOrderAnswer(orderId: string, { order, ignored }: RecordedFact): z.infer<typeof OrderAnswer> {
  return { orderId, ...order, nextTryAt: order.nextTryAt?.toISOString() ?? null, ignored };
}
