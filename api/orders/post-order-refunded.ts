import { recordRefund } from '../../db/orders/record-refund.ts';
import { endpoint } from '../http/endpoint.ts';
import { OrderAnswer, toOrderAnswer } from './order-answer.ts';
import { RefundInput } from './order-input.ts';
import { OrderParams } from './order-params.ts';

export const postOrderRefundedEndpoint = endpoint({
  method: 'post',
  path: '/v1/tenants/:tenant/orders/:order/refunded',
  roles: ['storefront'],
  summary: 'Record money given back',
  description:
    'Once per `refundId`. Before the order is exported it is taken off its sale; after, if refunds are on in the setup, it becomes a refund sale in the till, linked to the first.',
  params: OrderParams,
  body: RefundInput,
  success: { status: 202, body: OrderAnswer },
  problems: ['order-unknown', 'refund-conflict', 'refund-too-large', 'line-unknown'],
  async handle({ params, body }, { db, wake }) {
    const recorded = await recordRefund(db, params.tenant, params.order, body);
    await wake(recorded.wakeUps);
    return { body: toOrderAnswer(params.order, recorded) };
  },
});
