import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { readSyncFacts } from '../../db/inventory/read-sync-facts.ts';
import { hasAuditEnded } from '../../db/orders/has-audit-ended.ts';
import { Problem } from '../../domain/problem.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';

/** How long a run may take to close once its audit has ended. */
const patienceMs = 5_000;
const lookEveryMs = 50;

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
    const deadline = performance.now() + patienceMs;
    for (;;) {
      const auditId = await schedules.startAudit(tenant);
      // The run of an audit that has just ended closes a moment later: it would be taken for one under way.
      const isOver = await hasAuditEnded(db, tenant, auditId);
      if (!isOver || performance.now() > deadline) return { body: { auditId } };
      await pause(lookEveryMs);
    }
  },
});
