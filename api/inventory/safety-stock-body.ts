import { z } from 'zod';

export const Units = z.int().min(0).max(1_000_000);

export const PlacedSafetyStock = z
  .strictObject({
    units: Units.describe('Kept at every location'),
    locations: z
      .array(z.strictObject({ locationId: z.string().trim().min(1).max(100), units: Units }))
      .max(1_000)
      .default([])
      .refine((list) => new Set(list.map((one) => one.locationId)).size === list.length, 'Each locationId only once')
      .describe('Kept there instead'),
  })
  .meta({ id: 'PlacedSafetyStock' });
