import { retryRefund } from '../../db/orders/retry-refund.ts';
import { endpoint } from '../http/endpoint.ts';
import { OrderAnswer, toOrderAnswer } from './order-answer.ts';
import { OrderId, OrderParams } from './order-params.ts';

export const postRefundRetryEndpoint = endpoint({
  method: 'post',
  path: '/v1/tenants/:tenant/orders/:order/refunds/:refund/retry',
  roles: ['admin'],
  summary: 'Make a refund sale by hand, now',
  description: 'After whatever parked it, and although refunds are off. The till is asked for it before it is sent.',
  params: OrderParams.extend({ refund: OrderId }),
  success: { status: 202, body: OrderAnswer },
  problems: ['order-unknown', 'refund-unknown'],
  async handle({ params, caller }, { db, wake }) {
    const { tenant, order, refund } = params;
    const recorded = await retryRefund(db, tenant, order, refund, { keyId: caller!.keyId });
    await wake(recorded.wakeUps);
    return { body: toOrderAnswer(order, recorded) };
  },
});
