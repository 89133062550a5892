import { z } from 'zod';
import { revokeKey } from '../../db/tenants/tenant-keys.ts';
import { Problem } from '../../domain/problem.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from './tenant-body.ts';

export const deleteKeyEndpoint = endpoint({
  method: 'delete',
  path: '/v1/tenants/:tenant/keys/:key',
  roles: ['platform'],
  summary: 'Revoke a key: it stops working at once',
  params: TenantParams.extend({ key: z.uuid() }),
  success: { status: 204 },
  async handle({ params }, { db }) {
    if (!(await revokeKey(db, params.tenant, params.key))) {
      throw new Problem('not-found', 'This tenant has no such key', { field: 'key' });
    }
    return {};
  },
});
