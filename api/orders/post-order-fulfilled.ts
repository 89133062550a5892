import { recordFulfilment } from '../../db/orders/record-fulfilment.ts';
import { endpoint } from '../http/endpoint.ts';
import { OrderAnswer, toOrderAnswer } from './order-answer.ts';
import { FulfilmentInput } from './order-input.ts';
import { OrderParams } from './order-params.ts';

export const postOrderFulfilledEndpoint = endpoint({
  method: 'post',
  path: '/v1/tenants/:tenant/orders/:order/fulfilled',
  roles: ['storefront'],
  summary: 'Record what of an order has been fulfilled, line by line',
  description: 'Once per `fulfilmentId`; may come before the order itself.',
  params: OrderParams,
  body: FulfilmentInput,
  success: { status: 202, body: OrderAnswer },
  problems: ['fulfilment-conflict', 'line-unknown'],
  async handle({ params, body }, { db, wake }) {
    const recorded = await recordFulfilment(db, params.tenant, params.order, body);
    await wake(recorded.wakeUps);
    return { body: toOrderAnswer(params.order, recorded) };
  },
});
