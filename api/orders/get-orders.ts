import { z } from 'zod';
import type { OrderListPlace } from '../../db/orders/list-orders.ts';
import { listOrders } from '../../db/orders/list-orders.ts';
import { exportStates } from '../../domain/orders/export-moves.ts';
import { Problem } from '../../domain/problem.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';

const moment = z.iso.datetime().nullable();

const OrderListItem = z
  .object({
    orderId: z.string(),
    state: z.enum(exportStates),
    messageCode: z.string(),
    message: z.string().describe('Where the order stands, in plain words'),
    nextTryAt: moment,
    ticketNumber: z.string().nullable(),
    exportedAt: moment,
    total: z.string().nullable(),
    currency: z.string().nullable(),
    status: z.string().nullable().describe('The status applied after export'),
    placedAt: moment,
    changedAt: z.iso.datetime(),
  })
  .meta({ id: 'OrderListItem' });

export const getOrdersEndpoint = endpoint({
  method: 'get',
  path: '/v1/tenants/:tenant/orders',
  roles: ['storefront', 'admin', 'operator'],
  summary: 'List orders, last changed first, each with where it stands',
  description: '`q` is the start of an order number, or a ticket number, a SKU or an e-mail address in full.',
  params: TenantParams,
  query: z.strictObject({
    state: z.enum(exportStates).optional(),
    q: z.string().trim().min(1).max(254).optional(),
    cursor: z.string().max(300).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  success: {
    status: 200,
    body: z.object({ orders: z.array(OrderListItem), next: z.string().nullable().describe('Pass as `cursor`') }),
  },
  async handle({ params, query }, { db }) {
    const { state, q, cursor, limit } = query;
    const after = cursor === undefined ? null : readPlace(cursor);
    const rows = await listOrders(db, params.tenant, { state, q, after, limit });
    const last = rows.length === limit ? rows.at(-1) : undefined;
    const orders = rows.map((row) => ({
      ...row,
      nextTryAt: row.nextTryAt?.toISOString() ?? null,
      exportedAt: row.exportedAt?.toISOString() ?? null,
      placedAt: row.placedAt?.toISOString() ?? null,
      changedAt: row.changedAt.toISOString(),
    }));
    return { body: { orders, next: last ? writePlace(last) : null } };
  },
});

const Place = z.tuple([z.iso.datetime(), z.string().max(64)]);

function writePlace({ changedAt, orderId }: OrderListPlace): string {
  return Buffer.from(JSON.stringify([changedAt.toISOString(), orderId])).toString('base64url');
}

function readPlace(cursor: string): OrderListPlace {
  const place = Place.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!place.success) throw new Problem('invalid', 'cursor: not one of ours', { field: 'cursor' });
  const [changedAt, orderId] = place.data;
  return { changedAt: new Date(changedAt), orderId };
}

/** Undefined for what is no JSON: the schema refuses it. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
