import { replaceOrderStatuses } from '../../db/orders/order-status-list.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';
import { OrderStatuses } from './order-statuses.ts';

export const putOrderStatusesEndpoint = endpoint({
  method: 'put',
  path: '/v1/tenants/:tenant/order-statuses',
  roles: ['storefront', 'admin'],
  summary: 'Declare the statuses an order can have in the storefront',
  description: 'One of them may be chosen in the setup, to be applied after export.',
  params: TenantParams,
  body: OrderStatuses,
  success: { status: 200, body: OrderStatuses },
  async handle({ params, body }, { db }) {
    await replaceOrderStatuses(db, params.tenant, body.statuses);
    return { body };
  },
});
