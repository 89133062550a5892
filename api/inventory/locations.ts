import { z } from 'zod';

export const Locations = z
  .strictObject({
    locations: z
      .array(z.strictObject({ locationId: z.string().trim().min(1).max(100), name: z.string().trim().min(1).max(200) }))
      .max(1_000)
      .refine(
        (list) => new Set(list.map(({ locationId }) => locationId)).size === list.length,
        'Each locationId only once',
      ),
  })
  .meta({ id: 'Locations' });
