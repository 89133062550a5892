import { z } from 'zod';
import { defaultGuard } from '../../domain/inventory/guard-settings.ts';

const share = z.number().min(0).max(1);
const units = z.int().min(0).max(1_000_000);

export const GuardBody = z
  .strictObject({
    smallest: units.default(defaultGuard.smallest).describe('So few changes are never held'),
    lossShare: share
      .default(defaultGuard.lossShare)
      .describe('More than this share of what is displayed, hidden or emptied within 24 hours, is held'),
    mostLosses: units.default(defaultGuard.mostLosses).describe('In any case more than this many are held'),
    priceMove: z
      .number()
      .positive()
      .max(100)
      .default(defaultGuard.priceMove)
      .describe('A price that moves by more than this share of itself has moved far'),
    priceShare: share.default(defaultGuard.priceShare).describe('More prices moved far than this share are held'),
  })
  .meta({ id: 'GuardSettings' });
