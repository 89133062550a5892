import { z } from 'zod';

const when = z.enum(['before-commit', 'after-commit']).default('before-commit');

/** What can go wrong with one request. */
export const Fault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('latency'), ms: z.number().min(0) }),
  z.strictObject({ kind: z.literal('rate-limit'), retryAfterSeconds: z.number().min(0).default(1) }),
  z.strictObject({ kind: z.literal('status'), status: z.number().int().min(400).max(599).default(500), when }),
  z.strictObject({ kind: z.literal('html'), status: z.number().int().min(200).max(599).default(502), when }),
  z.strictObject({ kind: z.literal('reset'), when }),
  /** Answers at once and commits later, as a gateway does that has given up on a slow till. */
  z.strictObject({
    kind: z.literal('late-commit'),
    status: z.number().int().default(504),
    commitAfterMs: z.number().min(0),
  }),
  z.strictObject({ kind: z.literal('truncated-json') }),
  z.strictObject({ kind: z.literal('empty-page') }),
  z.strictObject({ kind: z.literal('repeated-cursor') }),
  z.strictObject({ kind: z.literal('foreign-next'), origin: z.string().default('http://attacker.invalid') }),
  /** Leaves `field` out of every row, or out of `@attributes` with `@attributes.next`. */
  z.strictObject({ kind: z.literal('missing-field'), field: z.string() }),
  /** Leaves this shop's row out of every item's ItemShops; the sum over all shops stays. */
  z.strictObject({ kind: z.literal('missing-stock-row'), shopID: z.string() }),
  z.strictObject({
    kind: z.literal('huge-item'),
    bytes: z
      .number()
      .int()
      .default(2 * 1024 * 1024),
  }),
  /** Once the answer is made, and before the next request, these calls of the account's control plane run. */
  z.strictObject({
    kind: z.literal('edit'),
    edits: z.array(
      z.strictObject({ method: z.string(), path: z.string(), body: z.record(z.string(), z.unknown()).default({}) }),
    ),
  }),
]);
export type Fault = z.infer<typeof Fault>;

/** Those that spoil the body of a good answer. */
export type BodyFault = Extract<
  Fault,
  {
    kind:
      | 'truncated-json'
      | 'empty-page'
      | 'repeated-cursor'
      | 'foreign-next'
      | 'missing-field'
      | 'missing-stock-row'
      | 'huge-item';
  }
>;
