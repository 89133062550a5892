import { z } from 'zod';
import type { TillCustomer } from '../till.ts';
import { relation } from './list.ts';
import { rowParser } from './row-parser.ts';
import { id, optionalFlag, optionalMoment, text } from './scalars.ts';

/** A customer with the addresses that the till answered for: only the call that looked for one sees them. */
export interface FoundCustomer extends TillCustomer {
  emails: string[];
}

const contact = z
  .object({ Emails: relation('ContactEmail', z.object({ address: text })) })
  .or(z.literal('').transform(() => ({ Emails: [] })))
  .optional();

export const customerParser = rowParser<FoundCustomer>(
  'Customer',
  'customerID',
  z
    .object({ customerID: id, archived: optionalFlag, createTime: optionalMoment, Contact: contact })
    .transform((wire) => ({
      customerId: wire.customerID,
      archived: wire.archived,
      createdAt: wire.createTime,
      emails: (wire.Contact?.Emails ?? []).map(({ address }) => address),
    })),
);
