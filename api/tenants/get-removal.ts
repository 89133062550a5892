import { findRemoval } from '../../db/tenants/tenant-removal.ts';
import { Problem } from '../../domain/problem.ts';
import { endpoint } from '../http/endpoint.ts';
import { RemovalBody, toRemovalBody } from './removal-body.ts';
import { TenantParams } from './tenant-body.ts';

export const getRemovalEndpoint = endpoint({
  method: 'get',
  path: '/v1/tenants/:tenant/removal',
  roles: ['platform'],
  summary: 'Read how far the removal of a retailer has come',
  params: TenantParams,
  tenantMayBeGone: true,
  success: { status: 200, body: RemovalBody },
  async handle({ params }, { db }) {
    const row = await findRemoval(db, params.tenant);
    if (!row) throw new Problem('not-found', 'No removal of this retailer was asked for', { field: 'tenant' });
    return { body: toRemovalBody(row) };
  },
});
