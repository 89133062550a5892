import type { z } from 'zod';
import type { ProblemCode } from '../../domain/problem.ts';
import type { Role } from '../../domain/tenants/role.ts';
import type { ApiParts } from './api-parts.ts';

type Schema = z.ZodType;
type Parsed<S> = S extends Schema ? z.infer<S> : undefined;

/** Who calls: the key's id and role, and the tenant it is bound to (null for a platform key). */
export interface Caller {
  keyId: string;
  role: Role;
  tenant: string | null;
}

export interface HandlerInput<Params, Query, Body> {
  params: Params;
  query: Query;
  body: Body;
  caller: Caller | null;
  /** From `Idempotency-Key`, and from `If-Match` (the setup's version). */
  idempotencyKey: string | null;
  ifMatch: number | null;
  /** Whether the caller's `Accept` prefers a page over JSON. */
  wantsHtml: boolean;
}

/**
 * What a handler may set besides its body. A `stream` is sent as it comes, in place of a body, and so is `json`: text
 * that a query has rendered, for pages of many rows. A string body under a `content-type` other than JSON is sent as it
 * is; every other body is held to the contract's schema first, so that nothing that isn't documented leaves. What is
 * sent under an `etag` header that the caller's `If-None-Match` names becomes a 304.
 */
export interface HandlerOutput<Body> {
  body?: Body;
  status?: number;
  headers?: Record<string, string>;
  stream?: AsyncIterable<string>;
  json?: string;
}

/** One endpoint: its contract and its handler. The contract feeds Express, OpenAPI and the key test. */
export interface Endpoint {
  method: 'get' | 'put' | 'post' | 'delete';
  /** Express path, `/v1/tenants/:tenant/orders/:order`. `:tenant` must be the caller's own, but for platform keys. */
  path: string;
  /** Which roles may call. Empty: no key needed (health, OAuth callback, docs). */
  roles: readonly Role[];
  summary: string;
  description?: string;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: Schema;
  /** `contentType` other than JSON is for streams and pages. */
  success: { status: number; body?: Schema; contentType?: string };
  problems?: readonly ProblemCode[];
  /** Only for the endpoint that creates tenants: everywhere else an unknown `:tenant` is a 404 before the handler runs. */
  tenantMayBeNew?: true;
  /** Only for the removal of tenants, which outlives them: the handler looks for itself. */
  tenantMayBeGone?: true;
  handle(input: HandlerInput<never, never, never>, parts: ApiParts): Promise<HandlerOutput<unknown>>;
}

/**
 * Declares an endpoint: types of params, query and body come from its schemas.
 * Schemas of bodies are strict (`z.strictObject`): unknown fields are refused with their name.
 */
export function endpoint<
  Params extends z.ZodObject | undefined = undefined,
  Query extends z.ZodObject | undefined = undefined,
  Body extends Schema | undefined = undefined,
  Success extends Schema | undefined = undefined,
>(declared: {
  method: Endpoint['method'];
  path: string;
  roles: readonly Role[];
  summary: string;
  description?: string;
  params?: Params;
  query?: Query;
  body?: Body;
  success: { status: number; body?: Success; contentType?: string };
  problems?: readonly ProblemCode[];
  tenantMayBeNew?: true;
  tenantMayBeGone?: true;
  handle(
    input: HandlerInput<Parsed<Params>, Parsed<Query>, Parsed<Body>>,
    parts: ApiParts,
  ): Promise<HandlerOutput<Success extends Schema ? z.input<Success> : never>>;
}): Endpoint {
  return declared as unknown as Endpoint;
}
