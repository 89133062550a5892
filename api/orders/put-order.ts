import { recordSnapshot } from '../../db/orders/record-snapshot.ts';
import { Problem } from '../../domain/problem.ts';
import { endpoint } from '../http/endpoint.ts';
import { OrderAnswer, toOrderAnswer } from './order-answer.ts';
import { OrderInput } from './order-input.ts';
import { OrderParams } from './order-params.ts';

export const putOrderEndpoint = endpoint({
  method: 'put',
  path: '/v1/tenants/:tenant/orders/:order',
  roles: ['storefront'],
  summary: 'Send an order as it is now',
  description:
    'As often as it changes. A snapshot older than the one at hand is ignored, and the answer says so. Changes after the export never make a second sale.',
  params: OrderParams,
  body: OrderInput,
  success: { status: 202, body: OrderAnswer },
  async handle({ params, body }, { db, wake }) {
    if (body.orderId !== undefined && body.orderId !== params.order) {
      throw new Problem('invalid', 'orderId: not the order of the path', { field: 'orderId' });
    }
    const recorded = await recordSnapshot(db, params.tenant, { ...body, orderId: params.order });
    await wake(recorded.wakeUps);
    return { body: toOrderAnswer(params.order, recorded) };
  },
});
