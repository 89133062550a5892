import { z } from 'zod';
import { readOutboxState } from '../../db/notify/read-outbox-state.ts';
import { findWebhook } from '../../db/notify/webhook.ts';
import { Problem } from '../../domain/problem.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';

export const getWebhookEndpoint = endpoint({
  method: 'get',
  path: '/v1/tenants/:tenant/webhook',
  roles: ['admin', 'storefront', 'operator'],
  summary: 'Read where events are sent, and how many wait',
  params: TenantParams,
  success: {
    status: 200,
    body: z.object({ url: z.string(), updatedAt: z.iso.datetime(), undelivered: z.int() }).meta({ id: 'Webhook' }),
  },
  async handle({ params }, { db, ring }) {
    const webhook = await findWebhook(db, ring, params.tenant);
    if (!webhook) throw new Problem('not-found', 'No webhook is set', { remedy: 'Set one with PUT' });
    const { undelivered } = await readOutboxState(db, params.tenant);
    return { body: { url: webhook.url, updatedAt: webhook.updatedAt.toISOString(), undelivered } };
  },
});
