import { z } from 'zod';
import { listTenants } from '../../db/tenants/list-tenants.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantBody } from './tenant-body.ts';

export const getTenantsEndpoint = endpoint({
  method: 'get',
  path: '/v1/tenants',
  roles: ['platform'],
  summary: 'List retailers',
  query: z.strictObject({
    after: z.string().default('').describe('`next` of the page before'),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  success: { status: 200, body: z.object({ tenants: z.array(TenantBody), next: z.string().nullable() }) },
  async handle({ query }, { db }) {
    const rows = await listTenants(db, query.after, query.limit);
    const tenants = rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
    return { body: { tenants, next: rows.length === query.limit ? rows.at(-1)!.tenant : null } };
  },
});
