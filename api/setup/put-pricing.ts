import { pricingUpdate } from '../../workflows/messages/setup.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';
import { runStep } from './run-step.ts';
import { PricingInput, StepBody } from './setup-input.ts';

export const putPricingEndpoint = endpoint({
  method: 'put',
  path: '/v1/tenants/:tenant/setup/pricing',
  roles: ['admin'],
  summary: 'Choose where prices come from',
  description:
    'Off: every price comes from the storefront. On: a regular price level is required, a sale price level is optional. Pricing rules of Lightspeed can not be used, price levels are.',
  params: TenantParams,
  body: PricingInput,
  success: { status: 200, body: StepBody },
  problems: [
    'not-connected',
    'connection-lost',
    'unknown-price-level',
    'choice-unusable',
    'setup-changed',
    'lightspeed-down',
    'unavailable',
  ],
  handle: (input, parts) => runStep(parts, input.params.tenant, pricingUpdate, input.body, input),
});
