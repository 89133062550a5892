import { z } from 'zod';
import type { TillPaymentType } from '../till.ts';
import { rowParser } from './row-parser.ts';
import { id, optionalFlag, text } from './scalars.ts';

export const paymentTypeParser = rowParser<TillPaymentType>(
  'PaymentType',
  'paymentTypeID',
  z
    .object({ paymentTypeID: id, name: text, type: text, archived: optionalFlag, requireCustomer: optionalFlag })
    .transform(({ paymentTypeID, ...rest }) => ({ paymentTypeId: paymentTypeID, ...rest })),
);
