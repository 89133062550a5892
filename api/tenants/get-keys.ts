import { z } from 'zod';
import { listKeys } from '../../db/tenants/tenant-keys.ts';
import { endpoint } from '../http/endpoint.ts';
import { KeyBody, toKeyBody } from './key-body.ts';
import { TenantParams } from './tenant-body.ts';

export const getKeysEndpoint = endpoint({
  method: 'get',
  path: '/v1/tenants/:tenant/keys',
  roles: ['platform'],
  summary: 'List the keys of a retailer, without their texts',
  params: TenantParams,
  success: { status: 200, body: z.object({ keys: z.array(KeyBody) }) },
  async handle({ params }, { db }) {
    const rows = await listKeys(db, params.tenant);
    return { body: { keys: rows.map(toKeyBody) } };
  },
});
