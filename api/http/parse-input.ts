import { z } from 'zod';
import { Problem } from '../../domain/problem.ts';
import { refuseBadText } from './refuse-bad-text.ts';

/** The schema with unknown fields refused, unless it says itself what becomes of them. */
export function strict(schema: z.ZodObject | undefined): z.ZodObject {
  if (!schema) return z.strictObject({});
  return schema.def.catchall ? schema : schema.strict();
}

/** @throws Problem `invalid`, naming every field at fault as the caller wrote it: `items[3].gtin1`. */
export function parseInput<S extends z.ZodType>(schema: S, value: unknown, where: '' | 'query'): z.infer<S> {
  refuseBadText(value, where);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.flatMap((issue) => described(issue, where)).slice(0, 100);
  const [first] = errors;
  throw new Problem('invalid', first ? sentence(first) : 'The request is not valid', {
    ...(first?.field ? { field: first.field } : {}),
    errors,
  });
}

function sentence({ field, message }: { field: string; message: string }): string {
  return field === '' ? message : `${field}: ${message}`;
}

function described(issue: z.core.$ZodIssue, where: string): { field: string; message: string }[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ field: fieldName([...issue.path, key], where), message: 'Unknown field' }));
  }
  return [{ field: fieldName(issue.path, where), message: issue.message }];
}

function fieldName(path: readonly PropertyKey[], where: string): string {
  return path.reduce<string>((name, part) => {
    if (typeof part === 'number') return `${name}[${part}]`;
    return name === '' ? String(part) : `${name}.${String(part)}`;
  }, where);
}
