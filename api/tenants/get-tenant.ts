import { findTenant } from '../../db/tenants/list-tenants.ts';
import { Problem } from '../../domain/problem.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantBody, TenantParams } from './tenant-body.ts';

export const getTenantEndpoint = endpoint({
  method: 'get',
  path: '/v1/tenants/:tenant',
  roles: ['platform', 'admin', 'operator'],
  summary: 'Read a retailer',
  params: TenantParams,
  success: { status: 200, body: TenantBody },
  async handle({ params }, { db }) {
    const row = await findTenant(db, params.tenant);
    if (!row) throw new Problem('not-found', 'There is no such tenant for this key', { field: 'tenant' });
    return { body: { ...row, createdAt: row.createdAt.toISOString() } };
  },
});
