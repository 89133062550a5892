import { numeric, timestamp } from 'drizzle-orm/pg-core';

/** A moment, stored with its zone, read as a `Date`. */
export const moment = () => timestamp({ withTimezone: true, mode: 'date', precision: 3 });

/** Money or a quantity that may be fractional in the till: a decimal string at every edge, never a float. */
export const decimal = () => numeric();
