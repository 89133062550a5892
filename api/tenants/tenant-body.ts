import { IANAZone } from 'luxon';
import { z } from 'zod';

const currencies = new Set(Intl.supportedValuesOf('currency'));

export const TenantParams = z.object({
  tenant: z.string().regex(/^[a-z0-9][a-z0-9-]{1,40}$/, 'Small letters, digits and hyphens, 2 to 41 of them'),
});

export const TenantInput = z
  .strictObject({
    name: z.string().trim().min(1).max(200),
    timeZone: z
      .string()
      .max(64)
      .refine((zone) => IANAZone.isValidZone(zone), 'An IANA time zone, such as America/New_York')
      .describe('IANA time zone: sale dates and the sync window are read in it'),
    currency: z
      .string()
      .refine((code) => currencies.has(code), 'An ISO 4217 code, such as USD')
      .describe('ISO 4217'),
  })
  .meta({ id: 'TenantInput' });

export const TenantBody = z
  .object({
    tenant: z.string(),
    name: z.string(),
    timeZone: z.string(),
    currency: z.string(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Tenant' });
