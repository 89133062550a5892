import { orderExportUpdate } from '../../workflows/messages/setup.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';
import { runStep } from './run-step.ts';
import { OrderExportInput, StepBody } from './setup-input.ts';

export const putOrderExportEndpoint = endpoint({
  method: 'put',
  path: '/v1/tenants/:tenant/setup/order-export',
  roles: ['admin'],
  summary: 'Choose whether and how orders become sales',
  description:
    'Off, a dry run (each sale is planned, none is sent) or on. Best with an employee and a register that are used for nothing else.',
  params: TenantParams,
  body: OrderExportInput,
  success: { status: 200, body: StepBody },
  problems: [
    'not-connected',
    'connection-lost',
    'unknown-employee',
    'unknown-register',
    'unknown-payment-type',
    'unknown-status',
    'unknown-location',
    'unknown-item',
    'choice-unusable',
    'setup-changed',
    'lightspeed-down',
    'unavailable',
  ],
  handle: (input, parts) => runStep(parts, input.params.tenant, orderExportUpdate, input.body, input),
});
