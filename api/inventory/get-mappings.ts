import { z } from 'zod';
import { listMappings } from '../../db/inventory/list-mappings.ts';
import { mappingStates } from '../../domain/inventory/mapping-state.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';

const text = z.string().nullable();

const Mapping = z
  .object({
    sku: z.string(),
    description: z.string(),
    brand: text,
    gtin1: text,
    gtin2: text,
    mpn: text,
    state: z.enum(mappingStates),
    itemId: text.describe('The POS item'),
    matchedBy: text,
    reason: z.string().describe('Why it stands so, in plain words'),
    candidates: z.array(
      z.object({
        itemId: z.string(),
        key: z.string(),
        why: z.string(),
        systemSku: text.describe('The System ID, as Lightspeed shows it'),
        description: text,
        upc: text,
        ean: text,
        manufacturerSku: text,
      }),
    ),
    decisions: z
      .array(z.object({ itemId: z.string(), decision: z.enum(['accepted', 'rejected']), decidedAt: z.iso.datetime() }))
      .describe('What a person said; `undo` takes it back'),
    updatedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Mapping' });

export const getMappingsEndpoint = endpoint({
  method: 'get',
  path: '/v1/tenants/:tenant/mappings',
  roles: ['admin', 'storefront', 'operator'],
  summary: 'Search how catalogue items are mapped to POS items',
  description: '`q` is part of a SKU, description, brand or MPN, or a GTIN or MPN in any spelling.',
  params: TenantParams,
  query: z.strictObject({
    state: z.enum(mappingStates).optional(),
    q: z.string().trim().min(1).max(200).optional(),
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  success: {
    status: 200,
    body: z.object({ mappings: z.array(Mapping), next: text.describe('Pass as `cursor`') }).meta({ id: 'Mappings' }),
  },
  async handle({ params, query }, { db }) {
    const { state, q, cursor, limit } = query;
    const rows = await listMappings(db, params.tenant, { state, q, after: cursor ?? '', limit });
    const mappings = rows.map((row) => ({ ...row, updatedAt: row.updatedAt?.toISOString() ?? null }));
    return { body: { mappings, next: rows.length === limit ? (rows.at(-1)?.sku ?? null) : null } };
  },
});
