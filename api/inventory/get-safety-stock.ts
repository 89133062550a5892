import { z } from 'zod';
import { readSafetyStock } from '../../db/inventory/safety-stock.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';

export const getSafetyStockEndpoint = endpoint({
  method: 'get',
  path: '/v1/tenants/:tenant/safety-stock',
  roles: ['admin', 'operator'],
  summary: 'Read the units that are kept from the web shop',
  params: TenantParams,
  query: z.strictObject({
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(1_000).default(100),
  }),
  success: {
    status: 200,
    body: z
      .object({
        units: z.int(),
        locations: z.array(z.object({ locationId: z.string(), units: z.int() })),
        items: z.array(z.object({ sku: z.string(), units: z.int() })),
        next: z.string().nullable().describe('Pass as `cursor` for more items'),
      })
      .meta({ id: 'SafetyStock' }),
  },
  async handle({ params, query: { cursor, limit } }, { db }) {
    const stock = await readSafetyStock(db, params.tenant, { after: cursor ?? '', limit });
    const { items } = stock;
    return { body: { ...stock, next: items.length === limit ? (items.at(-1)?.sku ?? null) : null } };
  },
});
