import { syncSettingsUpdate } from '../../workflows/messages/setup.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';
import { runStep } from './run-step.ts';
import { StepBody, SyncSettingsInput } from './setup-input.ts';

export const putSyncSettingsEndpoint = endpoint({
  method: 'put',
  path: '/v1/tenants/:tenant/setup/sync',
  roles: ['admin'],
  summary: 'Choose how often, and in which hours, the till is polled',
  description: 'Without a choice: every 30 minutes from 06:00 to 22:00.',
  params: TenantParams,
  body: SyncSettingsInput,
  success: { status: 200, body: StepBody },
  problems: ['not-connected', 'setup-changed', 'unavailable'],
  handle: (input, parts) => runStep(parts, input.params.tenant, syncSettingsUpdate, input.body, input),
});
