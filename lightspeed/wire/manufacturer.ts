import { z } from 'zod';
import type { TillManufacturer } from '../till.ts';
import { rowParser } from './row-parser.ts';
import { id, text } from './scalars.ts';

export const manufacturerParser = rowParser<TillManufacturer>(
  'Manufacturer',
  'manufacturerID',
  z
    .object({ manufacturerID: id, name: text })
    .transform(({ manufacturerID, name }) => ({ manufacturerId: manufacturerID, name })),
);
