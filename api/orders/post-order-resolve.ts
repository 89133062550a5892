import { z } from 'zod';
import { settleAsNever, settleAsTicket } from '../../db/orders/settle-by-hand.ts';
import { endpoint } from '../http/endpoint.ts';
import { findTicket } from './find-ticket.ts';
import { OrderAnswer, toOrderAnswer } from './order-answer.ts';
import { OrderParams } from './order-params.ts';

const ResolveInput = z
  .discriminatedUnion('as', [
    z.strictObject({ as: z.literal('ticket'), ticketNumber: z.string().regex(/^\d{1,15}$/, "The ticket's number") }),
    z.strictObject({ as: z.literal('never') }),
  ])
  .meta({ id: 'ResolveInput' });

export const postOrderResolveEndpoint = endpoint({
  method: 'post',
  path: '/v1/tenants/:tenant/orders/:order/resolve',
  roles: ['admin'],
  summary: 'Settle an order by hand',
  description: '`ticket`: it is in the till already, as this completed sale. `never`: it is never exported.',
  params: OrderParams,
  body: ResolveInput,
  success: { status: 202, body: OrderAnswer },
  problems: [
    'order-unknown',
    'order-exported',
    'order-in-doubt',
    'ticket-unknown',
    'ticket-used',
    'not-connected',
    'connection-lost',
    'lightspeed-down',
  ],
  async handle({ params, body, caller }, { db, openTill, wake }) {
    const { tenant, order } = params;
    const settler = { keyId: caller!.keyId };
    const recorded =
      body.as === 'never'
        ? await settleAsNever(db, tenant, order, settler)
        : await settleAsTicket(db, tenant, order, await findTicket(openTill, tenant, body.ticketNumber), settler);
    await wake(recorded.wakeUps);
    return { body: toOrderAnswer(order, recorded) };
  },
});
