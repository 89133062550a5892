import { z } from 'zod';
import { readSyncFacts } from '../../db/inventory/read-sync-facts.ts';
import { Problem } from '../../domain/problem.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';

export const postOrderAuditEndpoint = endpoint({
  method: 'post',
  path: '/v1/tenants/:tenant/order-audits',
  roles: ['admin'],
  summary: "Compare the till's sales with the exported orders now",
  description: 'As is done every night. Answers with the audit under way, if one was begun by hand.',
  params: TenantParams,
  success: { status: 202, body: z.object({ auditId: z.uuid() }).meta({ id: 'OrderAuditStarted' }) },
  problems: ['not-connected', 'connection-lost'],
  async handle({ params: { tenant } }, { db, schedules }) {
    const connection = (await readSyncFacts(db, tenant))?.connection;
    if (!connection) throw new Problem('not-connected', 'Lightspeed is not connected', { remedy: 'Connect it' });
    if (connection.state !== 'active') {
      throw new Problem('connection-lost', 'Lightspeed refuses our access', { remedy: 'An admin must connect again' });
    }
    return { body: { auditId: await schedules.startAudit(tenant) } };
  },
});
