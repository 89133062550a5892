import { importSettingsUpdate } from '../../workflows/messages/setup.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';
import { runStep } from './run-step.ts';
import { ImportSettingsInput, StepBody } from './setup-input.ts';

export const putImportSettingsEndpoint = endpoint({
  method: 'put',
  path: '/v1/tenants/:tenant/setup/import-settings',
  roles: ['admin'],
  summary: 'Choose which mapped items show',
  description: 'An item shows if any setting that is on holds over the mapped shops.',
  params: TenantParams,
  body: ImportSettingsInput,
  success: { status: 200, body: StepBody },
  problems: ['not-connected', 'setup-changed', 'unavailable'],
  handle: (input, parts) => runStep(parts, input.params.tenant, importSettingsUpdate, input.body, input),
});
