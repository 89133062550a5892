import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';
import { SyncPaused, setPaused } from './set-paused.ts';

export const postSyncPauseEndpoint = endpoint({
  method: 'post',
  path: '/v1/tenants/:tenant/sync/pause',
  roles: ['admin'],
  summary: 'Pause the sync',
  params: TenantParams,
  success: { status: 200, body: SyncPaused },
  problems: ['setup-incomplete'],
  handle: ({ params }, parts) => setPaused(parts, params.tenant, true),
});
