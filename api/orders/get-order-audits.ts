import { z } from 'zod';
import { listAudits } from '../../db/orders/list-audits.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';

const OrderAudit = z
  .object({
    auditId: z.uuid(),
    trigger: z.enum(['schedule', 'person']),
    state: z.enum(['running', 'succeeded', 'failed']),
    salesFrom: z.iso.datetime().describe('Sales that the till has changed since were compared'),
    salesRead: z.number(),
    differences: z.number().nullable().describe('Each is attention on its order'),
    errorCode: z.string().nullable(),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'OrderAudit' });

export const getOrderAuditsEndpoint = endpoint({
  method: 'get',
  path: '/v1/tenants/:tenant/order-audits',
  roles: ['admin', 'operator'],
  summary: "The newest comparisons of the till's sales with the exported orders",
  params: TenantParams,
  query: z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(20) }),
  success: { status: 200, body: z.object({ audits: z.array(OrderAudit) }).meta({ id: 'OrderAudits' }) },
  async handle({ params, query }, { db }) {
    const audits = await listAudits(db, params.tenant, query.limit);
    return {
      body: {
        audits: audits.map(({ id, trigger, state, salesRead, differences, errorCode, ...audit }) => ({
          auditId: id,
          trigger,
          state,
          salesFrom: audit.salesFrom.toISOString(),
          salesRead,
          differences,
          errorCode,
          startedAt: audit.startedAt.toISOString(),
          endedAt: audit.endedAt?.toISOString() ?? null,
        })),
      },
    };
  },
});
