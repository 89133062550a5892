import { readScheduleFacts } from '../../db/setup/read-schedule-facts.ts';
import { putTenant } from '../../db/tenants/put-tenant.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantBody, TenantInput, TenantParams } from './tenant-body.ts';

export const putTenantEndpoint = endpoint({
  method: 'put',
  path: '/v1/tenants/:tenant',
  roles: ['platform'],
  summary: 'Create a retailer, or change its name, time zone or currency',
  description: 'Answers 201 when the tenant is new, else 200. Sending the same again changes nothing.',
  params: TenantParams,
  body: TenantInput,
  tenantMayBeNew: true,
  success: { status: 200, body: TenantBody },
  async handle({ params, body }, { db, wake, schedules }) {
    const { isNew, row, owed } = await putTenant(db, params.tenant, body);
    await wake(owed);
    // Each time, not only when the zone is new: a call that failed here is repaired by repeating it.
    const facts = isNew ? [] : await readScheduleFacts(db, params.tenant);
    for (const one of facts) if (one.tenant === params.tenant && one.isRunning) await schedules.apply(one);
    return { status: isNew ? 201 : 200, body: { ...row, createdAt: row.createdAt.toISOString() } };
  },
});
