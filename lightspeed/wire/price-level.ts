import { z } from 'zod';
import type { TillPriceLevel } from '../till.ts';
import { rowParser } from './row-parser.ts';
import { id, optionalFlag, text } from './scalars.ts';

export const priceLevelParser = rowParser<TillPriceLevel>(
  'PriceLevel',
  'priceLevelID',
  z
    .object({ priceLevelID: id, name: text, archived: optionalFlag })
    .transform(({ priceLevelID, name, archived }) => ({ priceLevelId: priceLevelID, name, archived })),
);
