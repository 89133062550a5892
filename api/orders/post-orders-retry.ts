import { z } from 'zod';
import { retryOrder } from '../../db/orders/retry-order.ts';
import type { ProblemCode } from '../../domain/problem.ts';
import { Problem, problemStatus } from '../../domain/problem.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';
import { OrderAnswer, toOrderAnswer } from './order-answer.ts';
import { OrderId } from './order-params.ts';

const codes = Object.keys(problemStatus) as [ProblemCode, ...ProblemCode[]];

const RetriedOrder = z
  .object({
    orderId: z.string(),
    order: OrderAnswer.nullable().describe('Where it stands now; null if it was refused'),
    problem: z
      .object({ code: z.enum(codes), detail: z.string() })
      .nullable()
      .describe('Why it was refused'),
  })
  .meta({ id: 'RetriedOrder' });

export const postOrdersRetryEndpoint = endpoint({
  method: 'post',
  path: '/v1/tenants/:tenant/orders/retry',
  roles: ['admin'],
  summary: 'Export chosen orders by hand, now',
  description: 'Each as by its own `retry`: one that is refused stops no other, and the answer says so.',
  params: TenantParams,
  body: z
    .strictObject({
      orders: z
        .array(OrderId)
        .min(1)
        .max(200)
        .refine((orders) => new Set(orders).size === orders.length, 'Each order only once'),
    })
    .meta({ id: 'RetryOrdersInput' }),
  success: { status: 202, body: z.object({ orders: z.array(RetriedOrder) }).meta({ id: 'RetriedOrders' }) },
  async handle({ params, body, caller }, { db, wake }) {
    const orders: z.input<typeof RetriedOrder>[] = [];
    for (const orderId of body.orders) {
      try {
        const recorded = await retryOrder(db, params.tenant, orderId, { keyId: caller!.keyId });
        await wake(recorded.wakeUps);
        orders.push({ orderId, order: toOrderAnswer(orderId, recorded), problem: null });
      } catch (error) {
        if (!Problem.is(error)) throw error;
        orders.push({ orderId, order: null, problem: { code: error.code, detail: error.message } });
      }
    }
    return { body: { orders } };
  },
});
