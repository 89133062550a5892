import { retryOrder } from '../../db/orders/retry-order.ts';
import { endpoint } from '../http/endpoint.ts';
import { OrderAnswer, toOrderAnswer } from './order-answer.ts';
import { OrderParams } from './order-params.ts';

export const postOrderRetryEndpoint = endpoint({
  method: 'post',
  path: '/v1/tenants/:tenant/orders/:order/retry',
  roles: ['admin'],
  summary: 'Export an order by hand, now',
  description:
    'After whatever parked it, whatever its date, and although export is a dry run. The till is asked for its sale before anything is sent.',
  params: OrderParams,
  success: { status: 202, body: OrderAnswer },
  problems: ['order-unknown', 'order-exported'],
  async handle({ params, caller }, { db, wake }) {
    const recorded = await retryOrder(db, params.tenant, params.order, { keyId: caller!.keyId });
    await wake(recorded.wakeUps);
    return { body: toOrderAnswer(params.order, recorded) };
  },
});
