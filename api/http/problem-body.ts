import { z } from 'zod';

/** What every refusal looks like on the wire. @see RFC 9457 */
export const ProblemBody = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().describe('Stable: switch on this'),
    detail: z.string().describe('For people'),
    field: z.string().optional().describe('The field at fault, as it was sent: `items[3].gtin1`'),
    errors: z.array(z.strictObject({ field: z.string(), message: z.string() })).optional(),
    remedy: z.string().optional().describe('What to do about it'),
    requestId: z.string(),
  })
  .meta({ id: 'Problem' });
