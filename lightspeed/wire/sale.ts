import { z } from 'zod';
import type { TillSale } from '../till.ts';
import { rowParser } from './row-parser.ts';
import { decimal, flag, id, moment, optionalMoment, optionalText, text } from './scalars.ts';

export const saleParser = rowParser<TillSale>(
  'Sale',
  'saleID',
  z
    .object({
      saleID: id,
      ticketNumber: text,
      completed: flag,
      voided: flag,
      archived: flag,
      referenceNumber: optionalText,
      referenceNumberSource: optionalText,
      calcTotal: decimal,
      calcTax1: decimal,
      calcTax2: decimal,
      calcPayments: decimal,
      balance: decimal,
      change: decimal,
      completeTime: optionalMoment,
      timeStamp: moment,
    })
    .transform(({ saleID, completeTime, ...sale }) => ({ saleId: saleID, completedAt: completeTime, ...sale })),
);
