import { z } from 'zod';
import { readFreshness } from '../../db/inventory/read-freshness.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';

export const getSyncEndpoint = endpoint({
  method: 'get',
  path: '/v1/tenants/:tenant/sync',
  roles: ['admin', 'storefront', 'operator'],
  summary: 'Read how fresh stock and prices are',
  params: TenantParams,
  success: {
    status: 200,
    body: z
      .object({
        isPaused: z.boolean(),
        lastGoodSyncAt: z.iso.datetime().nullable().describe('What was changed in the till before then is taken in'),
        ageSeconds: z.int().nullable(),
      })
      .meta({ id: 'SyncFreshness' }),
  },
  async handle({ params }, { db }) {
    const freshness = await readFreshness(db, params.tenant);
    return { body: { ...freshness, lastGoodSyncAt: freshness.lastGoodSyncAt?.toISOString() ?? null } };
  },
});
