import { z } from 'zod';
import { isMoney } from '../../domain/money.ts';

/** An amount as a decimal string, `12.00`: never a JSON number, which is a float. */
export const Money = z.string().refine(isMoney, 'An amount such as "12.00": a string with at most two decimals');

export const PositiveMoney = Money.refine((amount) => !amount.startsWith('-'), 'An amount that is not negative');
