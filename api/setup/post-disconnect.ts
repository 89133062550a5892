import { disconnectUpdate } from '../../workflows/messages/setup.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';
import { runStep } from './run-step.ts';
import { StepBody } from './setup-input.ts';

export const postDisconnectEndpoint = endpoint({
  method: 'post',
  path: '/v1/tenants/:tenant/setup/disconnect',
  roles: ['admin'],
  summary: 'Disconnect Lightspeed',
  description:
    'Stops the sync, revokes the tokens, keeps all data: listings stay as they are, orders wait. Connect again to go on.',
  params: TenantParams,
  success: { status: 200, body: StepBody },
  problems: ['not-connected', 'setup-changed', 'unavailable'],
  handle: (input, parts) => runStep(parts, input.params.tenant, disconnectUpdate, null, input),
});
