import { recordPayment } from '../../db/orders/record-payment.ts';
import { endpoint } from '../http/endpoint.ts';
import { OrderAnswer, toOrderAnswer } from './order-answer.ts';
import { PaymentInput } from './order-input.ts';
import { OrderParams } from './order-params.ts';

export const postOrderPaidEndpoint = endpoint({
  method: 'post',
  path: '/v1/tenants/:tenant/orders/:order/paid',
  roles: ['storefront'],
  summary: 'Record money of an order',
  description: 'Once per `paymentId`; may come before the order itself. Only captured money counts.',
  params: OrderParams,
  body: PaymentInput,
  success: { status: 202, body: OrderAnswer },
  problems: ['payment-conflict'],
  async handle({ params, body }, { db, wake }) {
    const recorded = await recordPayment(db, params.tenant, params.order, body);
    await wake(recorded.wakeUps);
    return { body: toOrderAnswer(params.order, recorded) };
  },
});
