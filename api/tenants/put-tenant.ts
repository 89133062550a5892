import { putTenant } from '../../db/tenants/put-tenant.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantBody, TenantInput, TenantParams } from './tenant-body.ts';

export const putTenantEndpoint = endpoint({
  method: 'put',
  path: '/v1/tenants/:tenant',
  roles: ['platform'],
  summary: 'Create a retailer, or change its name, time zone or currency',
  description: 'Answers 201 when the tenant is new, else 200. Sending the same again changes nothing.',
  params: TenantParams,
  body: TenantInput,
  tenantMayBeNew: true,
  success: { status: 200, body: TenantBody },
  async handle({ params, body }, { db }) {
    const { isNew, row } = await putTenant(db, params.tenant, body);
    return { status: isNew ? 201 : 200, body: { ...row, createdAt: row.createdAt.toISOString() } };
  },
});
