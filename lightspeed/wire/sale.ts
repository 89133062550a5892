import { z } from 'zod';
import type { TillSale, TillSaleWithParts } from '../till.ts';
import { relation } from './list.ts';
import { rowParser } from './row-parser.ts';
import { decimal, flag, id, moment, optionalId, optionalMoment, optionalText, text } from './scalars.ts';

const saleFields = z.object({
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
});

export const saleParser = rowParser<TillSale>('Sale', 'saleID', saleFields.transform(toSale));

const line = z
  .object({
    saleLineID: id,
    itemID: optionalId,
    unitQuantity: decimal,
    unitPrice: decimal,
    tax: flag,
    taxClassID: optionalId,
  })
  .transform(({ saleLineID, itemID, unitQuantity, unitPrice, tax, taxClassID }) => {
    return { saleLineId: saleLineID, itemId: itemID, quantity: unitQuantity, unitPrice, tax, taxClassId: taxClassID };
  });

const payment = z
  .object({ paymentTypeID: id, amount: decimal })
  .transform(({ paymentTypeID, amount }) => ({ paymentTypeId: paymentTypeID, amount }));

export const saleWithPartsParser = rowParser<TillSaleWithParts>(
  'Sale',
  'saleID',
  saleFields
    .extend({
      shopID: id,
      taxCategoryID: optionalId,
      SaleLines: relation('SaleLine', line),
      SalePayments: relation('SalePayment', payment),
    })
    .transform(({ shopID, taxCategoryID, SaleLines, SalePayments, ...sale }) => {
      const parts = { shopId: shopID, taxCategoryId: taxCategoryID, lines: SaleLines, payments: SalePayments };
      return { sale: toSale(sale), ...parts };
    }),
);

function toSale({ saleID, completeTime, ...sale }: z.output<typeof saleFields>): TillSale {
  return { saleId: saleID, completedAt: completeTime, ...sale };
}
