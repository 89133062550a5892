import { z } from 'zod';
import { listEvents } from '../../db/notify/list-events.ts';
import { eventTypes } from '../../domain/notify/event-type.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';

const Event = z
  .object({
    id: z.uuid().describe('The same in the webhook'),
    number: z.int(),
    type: z.enum(eventTypes),
    subject: z.string().describe('Events of one subject are delivered in order'),
    createdAt: z.iso.datetime(),
    data: z.record(z.string(), z.unknown()),
    deliveredAt: z.iso.datetime().nullable(),
    attempts: z.int(),
    lastError: z.string().nullable(),
  })
  .meta({ id: 'Event' });

export const getEventsEndpoint = endpoint({
  method: 'get',
  path: '/v1/tenants/:tenant/events',
  roles: ['admin', 'storefront', 'operator'],
  summary: 'Read events, delivered or not, in order',
  description: 'Ask again with `after` set to `next`: no event is skipped.',
  params: TenantParams,
  query: z.strictObject({
    after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  success: {
    status: 200,
    body: z.object({ events: z.array(Event), next: z.int().describe('Pass as `after`'), more: z.boolean() }),
  },
  async handle({ params, query }, { db }) {
    const rows = await listEvents(db, params.tenant, query.after, query.limit);
    const events = rows.map((row) => ({
      ...row,
      createdAt: row.createdAt.toISOString(),
      deliveredAt: row.deliveredAt?.toISOString() ?? null,
    }));
    return { body: { events, next: rows.at(-1)?.number ?? query.after, more: rows.length === query.limit } };
  },
});
