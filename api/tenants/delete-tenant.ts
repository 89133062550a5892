import { requestRemoval } from '../../db/tenants/request-removal.ts';
import { findRemoval } from '../../db/tenants/tenant-removal.ts';
import { Problem } from '../../domain/problem.ts';
import { endpoint } from '../http/endpoint.ts';
import { RemovalBody, toRemovalBody } from './removal-body.ts';
import { TenantParams } from './tenant-body.ts';

export const deleteTenantEndpoint = endpoint({
  method: 'delete',
  path: '/v1/tenants/:tenant',
  roles: ['platform'],
  summary: 'Remove a retailer, with all its data',
  description:
    'Its keys stop at once, and no sale is begun any more. Then its runs and Schedules end, its data is erased, ' +
    'customers first, and its tokens are revoked at Lightspeed; `GET …/removal` tells how far that has come. What was ' +
    'booked in the till stays there. It can’t be undone. Asked again while it is under way, it changes nothing.',
  params: TenantParams,
  tenantMayBeGone: true,
  success: { status: 202, body: RemovalBody },
  async handle({ params: { tenant }, caller }, { db, log, startTenantRemoval }) {
    const isRequested = await requestRemoval(db, tenant, caller?.keyId ?? null);
    const row = isRequested ? await findRemoval(db, tenant) : null;
    if (!row) throw new Problem('not-found', 'There is no such tenant for this key', { field: 'tenant' });
    await startTenantRemoval(tenant).catch((error: unknown) => {
      log.warn({ err: error, tenant }, 'could not start the removal; the sweep will');
    });
    return { body: toRemovalBody(row) };
  },
});
