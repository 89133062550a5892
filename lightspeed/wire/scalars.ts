import { z } from 'zod';

/** In JSON every scalar is a string; a real number or boolean is taken too, should the vendor begin to send them. */
const scalar = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]);

/** The id of a row: never "0". */
export const id = scalar.refine((value) => /^[1-9]\d*$/.test(value), 'not an id');

/** The id of another row, or of a shop's sum: "0" stays. */
export const idOrZero = scalar.refine((value) => /^\d+$/.test(value), 'not an id');

/** The id of another row; "0" and a missing key are null. */
export const optionalId = idOrZero
  .optional()
  .transform((value) => (value === undefined || value === '0' ? null : value));

export const text = scalar;

/** Text that an account may lack: "" then. */
export const optionalText = scalar.default('');

export const decimal = scalar.refine((value) => /^-?\d+(\.\d+)?$/.test(value), 'not a number');

export const flag = scalar
  .refine((value) => value === 'true' || value === 'false', 'neither true nor false')
  .transform((value) => value === 'true');

/** A flag whose absence says no. */
export const optionalFlag = scalar.optional().transform((value) => value === 'true');

export const moment = scalar
  .transform((value) => new Date(value))
  .refine((value) => !Number.isNaN(value.getTime()), 'not a time');

/** Times that have not come yet are left out, or are "". */
export const optionalMoment = scalar.optional().transform((value, context) => {
  if (value === undefined || value === '') return null;
  const time = new Date(value);
  if (!Number.isNaN(time.getTime())) return time;
  context.addIssue('not a time');
  return z.NEVER;
});
