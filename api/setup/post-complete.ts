import { completeUpdate } from '../../workflows/messages/setup.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';
import { runStep } from './run-step.ts';
import { StepBody } from './setup-input.ts';

export const postCompleteEndpoint = endpoint({
  method: 'post',
  path: '/v1/tenants/:tenant/setup/complete',
  roles: ['admin'],
  summary: 'Complete the setup: stock begins to flow, orders to be exported',
  description:
    'Refused, with everything that is missing, until each step is done. Nothing syncs or is exported before.',
  params: TenantParams,
  success: { status: 200, body: StepBody },
  problems: ['not-connected', 'connection-lost', 'setup-incomplete', 'setup-changed', 'unavailable'],
  handle: (input, parts) => runStep(parts, input.params.tenant, completeUpdate, null, input),
});
