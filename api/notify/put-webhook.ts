import { z } from 'zod';
import { findWebhook, putWebhook } from '../../db/notify/webhook.ts';
import { Problem } from '../../domain/problem.ts';
import { guardTarget, TargetRefused } from '../../webhooks/guard-target.ts';
import { createSigningSecret, isSigningSecret } from '../../webhooks/sign.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';

export const putWebhookEndpoint = endpoint({
  method: 'put',
  path: '/v1/tenants/:tenant/webhook',
  roles: ['admin', 'storefront'],
  summary: 'Set where events are sent',
  description:
    'Events are signed as in Standard Webhooks (standardwebhooks.com). Without `secret`, the first call makes one and ' +
    'shows it in this answer only; later calls keep it.',
  params: TenantParams,
  body: z.strictObject({
    url: z.string().max(2_000),
    secret: z
      .string()
      .refine(isSigningSecret, '`whsec_` and 24 to 64 bytes in base64')
      .optional()
      .describe('Your own signing secret'),
  }),
  success: {
    status: 200,
    body: z
      .object({ url: z.string(), secret: z.string().optional().describe('Only when it was made by this call') })
      .meta({ id: 'WebhookSet' }),
  },
  async handle({ params, body }, { db, ring, config, wake }) {
    await guardTarget(body.url, config.WEBHOOK_ALLOW_PRIVATE).catch((error: unknown) => {
      if (!(error instanceof TargetRefused)) throw error;
      throw new Problem('invalid', `url: ${error.message}`, { field: 'url', remedy: 'Give a public https address' });
    });
    const known = body.secret ?? (await findWebhook(db, ring, params.tenant))?.secret;
    const secret = known ?? createSigningSecret();
    const owed = await db.transaction((tx) => putWebhook(tx, ring, params.tenant, { url: body.url, secret }));
    await wake([owed]);
    return { body: { url: body.url, ...(known === undefined ? { secret } : {}) } };
  },
});
