import type { z } from 'zod';

/** The value a text of JSON holds, or undefined if it isn't JSON or not of this shape: a file cut short counts as absent. */
export function parseJson<S extends z.ZodType>(text: string, schema: S): z.infer<S> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return schema.safeParse(value).data;
}
