import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';
import { SyncPaused, setPaused } from './set-paused.ts';

export const postSyncResumeEndpoint = endpoint({
  method: 'post',
  path: '/v1/tenants/:tenant/sync/resume',
  roles: ['admin'],
  summary: 'Let the sync go on',
  params: TenantParams,
  success: { status: 200, body: SyncPaused },
  problems: ['setup-incomplete'],
  handle: ({ params }, parts) => setPaused(parts, params.tenant, false),
});
