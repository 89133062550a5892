import { storesUpdate } from '../../workflows/messages/setup.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';
import { runStep } from './run-step.ts';
import { StepBody, StoresInput } from './setup-input.ts';

export const putStoresEndpoint = endpoint({
  method: 'put',
  path: '/v1/tenants/:tenant/setup/stores',
  roles: ['admin'],
  summary: 'Map Lightspeed shops to locations',
  description: 'At least one; best all of them. Answers with a warning for each shop or location left out.',
  params: TenantParams,
  body: StoresInput,
  success: { status: 200, body: StepBody },
  problems: [
    'not-connected',
    'connection-lost',
    'unknown-shop',
    'unknown-location',
    'choice-unusable',
    'setup-changed',
    'lightspeed-down',
    'unavailable',
  ],
  handle: (input, parts) => runStep(parts, input.params.tenant, storesUpdate, input.body, input),
});
