import { z } from 'zod';

/** One row is an object, several are an array, none is absent or "". @see lightspeed-r-series.md, "One vs many" */
export function toList(value: unknown): unknown[] {
  if (value === undefined || value === null || value === '') return [];
  return Array.isArray(value) ? value : [value];
}

/** A relation to many: `{"ItemShop": …}`, absent or "". One that the vendor always sends can be `required`. */
export function relation<Row extends z.ZodType>(
  name: string,
  row: Row,
  presence: 'optional' | 'required' = 'optional',
) {
  return z.preprocess((value) => {
    if (value === undefined) return presence === 'optional' ? [] : undefined;
    if (value === null || value === '') return [];
    // Whatever else is no object must not pass for an empty relation.
    if (typeof value !== 'object' || Array.isArray(value)) return value;
    return toList((value as Record<string, unknown>)[name]);
  }, z.array(row));
}
