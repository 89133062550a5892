import { z } from 'zod';

export const OrderStatuses = z
  .strictObject({
    statuses: z
      .array(
        z.strictObject({
          code: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/, 'Letters, digits, dots, hyphens and underscores, 1 to 64'),
          name: z.string().trim().min(1).max(200),
        }),
      )
      .max(200)
      .refine((list) => new Set(list.map(({ code }) => code)).size === list.length, 'Each code only once'),
  })
  .meta({ id: 'OrderStatuses' });
