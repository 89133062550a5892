import { z } from 'zod';
import { recordCancellation } from '../../db/orders/record-cancellation.ts';
import { endpoint } from '../http/endpoint.ts';
import { OrderAnswer, toOrderAnswer } from './order-answer.ts';
import { OrderParams } from './order-params.ts';

export const postOrderCancelledEndpoint = endpoint({
  method: 'post',
  path: '/v1/tenants/:tenant/orders/:order/cancelled',
  roles: ['storefront'],
  summary: 'Record that an order is cancelled',
  description: 'Before its export no sale is made; a sale that has been made stands, and a person is told.',
  params: OrderParams,
  body: z.strictObject({ at: z.iso.datetime({ offset: true }) }).meta({ id: 'CancellationInput' }),
  success: { status: 202, body: OrderAnswer },
  async handle({ params, body }, { db, wake }) {
    const recorded = await recordCancellation(db, params.tenant, params.order, new Date(body.at));
    await wake(recorded.wakeUps);
    return { body: toOrderAnswer(params.order, recorded) };
  },
});
