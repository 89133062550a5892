import { z } from 'zod';
import type { TillAccount, TillSession } from '../till.ts';
import { rowParser } from './row-parser.ts';
import { id, optionalText, text } from './scalars.ts';

/** Session is flat: no wrapper, no attributes. A right that is absent is not had. */
export const sessionParser = rowParser<TillSession>(
  'Session',
  'systemUserID',
  z
    .object({
      employeeID: id,
      Employee: z.object({ firstName: optionalText, lastName: optionalText }).optional(),
      Rights: z.record(z.string(), text).or(z.literal('').transform(() => ({}))),
    })
    .transform((wire) => ({
      employeeId: wire.employeeID,
      userName: [wire.Employee?.firstName, wire.Employee?.lastName].filter(Boolean).join(' '),
      rights: Object.fromEntries(Object.entries(wire.Rights).map(([right, value]) => [right, value === 'true'])),
    })),
);

export const accountParser = rowParser<TillAccount>(
  'Account',
  'accountID',
  z.object({ accountID: id, name: text }).transform(({ accountID, name }) => ({ accountId: accountID, name })),
);
