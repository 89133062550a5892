import { z } from 'zod';
import { listCatalog } from '../../db/inventory/list-catalog.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';

const text = z.string().nullable();

const CatalogItem = z
  .object({
    sku: z.string(),
    description: z.string(),
    brand: text,
    category: text,
    gtin1: text,
    gtin2: text,
    mpn: text,
    saleStart: text,
    saleEnd: text,
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'CatalogItem' });

export const getCatalogItemsEndpoint = endpoint({
  method: 'get',
  path: '/v1/tenants/:tenant/catalog/items',
  roles: ['storefront', 'admin', 'operator'],
  summary: 'Search the pushed catalogue',
  params: TenantParams,
  query: z.strictObject({
    q: z.string().trim().min(1).max(200).optional(),
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(1_000).default(100),
  }),
  success: {
    status: 200,
    body: z
      .object({ items: z.array(CatalogItem), next: text.describe('Pass as `cursor`') })
      .meta({ id: 'CatalogList' }),
  },
  async handle({ params, query: { q, cursor, limit } }, { db }) {
    const rows = await listCatalog(db, params.tenant, { q, after: cursor ?? '', limit });
    const items = rows.map((row) => ({ ...row, updatedAt: row.updatedAt.toISOString() }));
    return { body: { items, next: rows.length === limit ? (rows.at(-1)?.sku ?? null) : null } };
  },
});
