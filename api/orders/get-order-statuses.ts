import { listOrderStatuses } from '../../db/orders/order-status-list.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';
import { OrderStatuses } from './order-statuses.ts';

export const getOrderStatusesEndpoint = endpoint({
  method: 'get',
  path: '/v1/tenants/:tenant/order-statuses',
  roles: ['storefront', 'admin', 'operator'],
  summary: 'Read the statuses the storefront has declared',
  params: TenantParams,
  success: { status: 200, body: OrderStatuses },
  async handle({ params }, { db }) {
    return { body: { statuses: await listOrderStatuses(db, params.tenant) } };
  },
});
