import { writeGuardSettings } from '../../db/inventory/write-guard-settings.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';
import { GuardBody } from './guard-body.ts';

export const putSyncGuardEndpoint = endpoint({
  method: 'put',
  path: '/v1/tenants/:tenant/sync/guard',
  roles: ['admin'],
  summary: 'Set when changes from the till wait for approval',
  description: 'What is left out takes its default.',
  params: TenantParams,
  body: GuardBody,
  success: { status: 200, body: GuardBody },
  async handle({ params, body }, { db }) {
    await writeGuardSettings(db, params.tenant, body);
    return { body };
  },
});
