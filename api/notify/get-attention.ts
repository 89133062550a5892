import { z } from 'zod';
import { listAttention } from '../../db/notify/list-attention.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';

const Attention = z
  .object({
    id: z.uuid(),
    kind: z.enum(['connection', 'setup', 'sync', 'mapping', 'order', 'event']),
    subject: z.string().describe('Which one: an order’s number, a run’s id'),
    code: z.string(),
    message: z.string(),
    remedy: z.string().describe('What to do'),
    since: z.iso.datetime(),
  })
  .meta({ id: 'Attention' });

export const getAttentionEndpoint = endpoint({
  method: 'get',
  path: '/v1/tenants/:tenant/attention',
  roles: ['admin', 'storefront', 'operator'],
  summary: 'What a person must decide now, and how',
  description: 'The oldest 500, oldest first.',
  params: TenantParams,
  success: { status: 200, body: z.object({ attention: z.array(Attention) }) },
  async handle({ params }, { db }) {
    const rows = await listAttention(db, params.tenant);
    return { body: { attention: rows.map((row) => ({ ...row, since: row.since.toISOString() })) } };
  },
});
