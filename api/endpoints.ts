import type { Endpoint } from './http/endpoint.ts';
import { getAttentionEndpoint } from './notify/get-attention.ts';
import { getEventsEndpoint } from './notify/get-events.ts';
import { getWebhookEndpoint } from './notify/get-webhook.ts';
import { putWebhookEndpoint } from './notify/put-webhook.ts';
import { getHealthzEndpoint } from './service/get-healthz.ts';
import { getMetricsEndpoint } from './service/get-metrics.ts';
import { getReadyzEndpoint } from './service/get-readyz.ts';
import { postCodecDecodeEndpoint } from './service/post-codec-decode.ts';
import { deleteKeyEndpoint } from './tenants/delete-key.ts';
import { getKeysEndpoint } from './tenants/get-keys.ts';
import { getTenantEndpoint } from './tenants/get-tenant.ts';
import { getTenantsEndpoint } from './tenants/get-tenants.ts';
import { postKeyEndpoint } from './tenants/post-key.ts';
import { putTenantEndpoint } from './tenants/put-tenant.ts';

/** Every endpoint there is: the one list that Express, OpenAPI and the key test read. */
export const endpoints: readonly Endpoint[] = [
  getTenantsEndpoint,
  putTenantEndpoint,
  getTenantEndpoint,
  postKeyEndpoint,
  getKeysEndpoint,
  deleteKeyEndpoint,
  putWebhookEndpoint,
  getWebhookEndpoint,
  getEventsEndpoint,
  getAttentionEndpoint,
  getHealthzEndpoint,
  getReadyzEndpoint,
  getMetricsEndpoint,
  postCodecDecodeEndpoint,
];
