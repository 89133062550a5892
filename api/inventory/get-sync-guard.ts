import { readGuardSettings } from '../../db/inventory/guard.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';
import { GuardBody } from './guard-body.ts';

export const getSyncGuardEndpoint = endpoint({
  method: 'get',
  path: '/v1/tenants/:tenant/sync/guard',
  roles: ['admin', 'operator'],
  summary: 'Read when changes from the till wait for approval',
  params: TenantParams,
  success: { status: 200, body: GuardBody },
  handle: async ({ params }, { db }) => ({ body: await readGuardSettings(db, params.tenant) }),
});
