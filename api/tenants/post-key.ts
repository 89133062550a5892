import { z } from 'zod';
import { createKey } from '../../db/tenants/tenant-keys.ts';
import { Problem } from '../../domain/problem.ts';
import { endpoint } from '../http/endpoint.ts';
import { KeyBody, toKeyBody } from './key-body.ts';
import { TenantParams } from './tenant-body.ts';

export const postKeyEndpoint = endpoint({
  method: 'post',
  path: '/v1/tenants/:tenant/keys',
  roles: ['platform'],
  summary: 'Create a key for a retailer',
  description: 'The key is shown in this answer only: nobody can read it again.',
  params: TenantParams,
  body: z.strictObject({
    role: z.enum(['admin', 'storefront', 'operator']),
    label: z.string().trim().min(1).max(200).describe('Who or what uses it'),
    expiresAt: z.iso.datetime({ offset: true }).optional(),
  }),
  success: { status: 201, body: KeyBody.extend({ key: z.string().describe('Shown once') }).meta({ id: 'NewKey' }) },
  async handle({ params, body }, { db }) {
    const expiresAt = body.expiresAt === undefined ? null : new Date(body.expiresAt);
    if (expiresAt && expiresAt.getTime() <= Date.now()) {
      throw new Problem('invalid', 'expiresAt: must lie in the future', { field: 'expiresAt' });
    }
    const { key, row } = await createKey(db, params.tenant, { role: body.role, label: body.label, expiresAt });
    return { body: { ...toKeyBody(row), key } };
  },
});
