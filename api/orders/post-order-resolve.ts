import { z } from 'zod';
import { acceptAsItStands } from '../../db/orders/accept-as-it-stands.ts';
import type { RecordedFact } from '../../db/orders/record-fact.ts';
import { settleAsNever, settleAsTicket } from '../../db/orders/settle-by-hand.ts';
import { endpoint } from '../http/endpoint.ts';
import { findTicket } from './find-ticket.ts';
import { OrderAnswer, toOrderAnswer } from './order-answer.ts';
import { OrderParams } from './order-params.ts';

const ResolveInput = z
  .discriminatedUnion('as', [
    z.strictObject({ as: z.literal('ticket'), ticketNumber: z.string().regex(/^\d{1,15}$/, "The ticket's number") }),
    z.strictObject({ as: z.literal('never') }),
    z.strictObject({ as: z.literal('accepted') }),
  ])
  .meta({ id: 'ResolveInput' });

export const postOrderResolveEndpoint = endpoint({
  method: 'post',
  path: '/v1/tenants/:tenant/orders/:order/resolve',
  roles: ['admin'],
  summary: 'Settle an order by hand',
  description:
    '`ticket`: it is in the till already, as this completed sale. `never`: it is never exported. `accepted`: what needs attention is right as it stands; a difference becomes a line of its own.',
  params: OrderParams,
  body: ResolveInput,
  success: { status: 202, body: OrderAnswer },
  problems: [
    'order-unknown',
    'order-exported',
    'order-in-doubt',
    'ticket-unknown',
    'ticket-used',
    'nothing-to-accept',
    'not-connected',
    'connection-lost',
    'lightspeed-down',
  ],
  async handle({ params, body, caller }, { db, openTill, wake }) {
    const { tenant, order } = params;
    const settler = { keyId: caller!.keyId };
    const recorded = await resolve();
    await wake(recorded.wakeUps);
    return { body: toOrderAnswer(order, recorded) };

    async function resolve(): Promise<RecordedFact> {
      switch (body.as) {
        case 'never':
          return settleAsNever(db, tenant, order, settler);
        case 'accepted':
          return acceptAsItStands(db, tenant, order, settler);
        case 'ticket':
          return settleAsTicket(db, tenant, order, await findTicket(openTill, tenant, body.ticketNumber), settler);
      }
    }
  },
});
