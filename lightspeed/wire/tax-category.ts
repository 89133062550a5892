import { z } from 'zod';
import type { TillTaxCategory } from '../till.ts';
import { relation } from './list.ts';
import { rowParser } from './row-parser.ts';
import { decimal, flag, id, optionalText } from './scalars.ts';

const taxClass = z
  .object({ taxClassID: id, tax1Rate: decimal, tax2Rate: decimal })
  .transform(({ taxClassID, ...rates }) => ({ taxClassId: taxClassID, ...rates }));

export const taxCategoryParser = rowParser<TillTaxCategory>(
  'TaxCategory',
  'taxCategoryID',
  z
    .object({
      taxCategoryID: id,
      isTaxInclusive: flag,
      tax1Name: optionalText,
      tax2Name: optionalText,
      tax1Rate: decimal,
      tax2Rate: decimal,
      TaxCategoryClasses: relation('TaxCategoryClass', taxClass),
    })
    .transform(({ taxCategoryID, TaxCategoryClasses, ...rest }) => ({
      taxCategoryId: taxCategoryID,
      ...rest,
      classes: TaxCategoryClasses,
    })),
);
