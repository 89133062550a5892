import { z } from 'zod';
import type { TillEmployee, TillRegister, TillShop } from '../till.ts';
import { rowParser } from './row-parser.ts';
import { id, optionalFlag, optionalId, optionalText, text } from './scalars.ts';

export const shopParser = rowParser<TillShop>(
  'Shop',
  'shopID',
  z
    .object({
      shopID: id,
      name: text,
      timeZone: optionalText,
      archived: optionalFlag,
      taxCategoryID: optionalId,
      priceLevelID: optionalId,
    })
    .transform((wire) => ({
      shopId: wire.shopID,
      name: wire.name,
      timeZone: wire.timeZone,
      archived: wire.archived,
      taxCategoryId: wire.taxCategoryID,
      priceLevelId: wire.priceLevelID,
    })),
);

export const registerParser = rowParser<TillRegister>(
  'Register',
  'registerID',
  z
    .object({ registerID: id, name: text, shopID: id, open: optionalFlag, archived: optionalFlag })
    .transform((wire) => ({
      registerId: wire.registerID,
      name: wire.name,
      shopId: wire.shopID,
      open: wire.open,
      archived: wire.archived,
    })),
);

export const employeeParser = rowParser<TillEmployee>(
  'Employee',
  'employeeID',
  z
    .object({
      employeeID: id,
      firstName: optionalText,
      lastName: optionalText,
      archived: optionalFlag,
      lockOut: optionalFlag,
      limitToShopID: optionalId,
    })
    .transform((wire) => ({
      employeeId: wire.employeeID,
      name: [wire.firstName, wire.lastName].filter(Boolean).join(' '),
      archived: wire.archived,
      lockedOut: wire.lockOut,
      limitToShopId: wire.limitToShopID,
    })),
);
