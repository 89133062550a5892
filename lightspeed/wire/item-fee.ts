import { z } from 'zod';
import { rowParser } from './row-parser.ts';
import { id } from './scalars.ts';

/** That there is one is all that matters: the till's answer alone tells what it comes to. */
export const itemFeeParser = rowParser<{ itemFeeID: string }>('ItemFee', 'itemFeeID', z.object({ itemFeeID: id }));
