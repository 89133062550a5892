/** Every way in which Lightspeed can fail us; whether the same call may simply be made again later. */
const retryableByKind = {
  /** The tenant has no connection, or it was replaced or ended. */
  'not-connected': false,
  /** The connection's tokens are refused for good: an admin must connect again. */
  'connection-lost': false,
  /** A code or refresh token is expired, used or revoked. */
  'invalid-grant': false,
  /** The authorization server refuses our client id, secret or scopes: the configuration is wrong. */
  'client-refused': false,
  /** The access token is refused where none can be refreshed. */
  unauthorised: false,
  /** The token's scopes or its user's rights don't suffice. */
  forbidden: false,
  'not-found': false,
  /** A definite refusal (4xx): nothing was written. Its words are in `vendorMessage`. */
  refused: false,
  /** 429: nothing was written. */
  'rate-limited': true,
  /** The rate budget has no room soon: nothing was sent. */
  'budget-wait': true,
  /** 5xx, time-out or reset of a read; or nothing has left this machine. */
  unavailable: true,
  /** A write may or may not have been carried out: look before you write again. */
  'in-doubt': false,
  /** The answer can't be read: no JSON, or not of the documented shape. */
  malformed: true,
  /** A page's `next` leads to another host or path. */
  'wrong-host': false,
  /** The caller's signal ended the call before anything was sent, or while reading. */
  aborted: false,
} as const satisfies Record<string, boolean>;

export type LightspeedErrorKind = keyof typeof retryableByKind;

export interface LightspeedErrorDetails {
  status?: number;
  /** When to come back. */
  retryAfterMs?: number;
  /** The vendor's own words. They may name a customer: show them to the tenant's people, keep them out of histories. */
  vendorMessage?: string;
  cause?: unknown;
}

/** A failure of Lightspeed. Its message holds no token, no customer and nothing of an answer's content. */
export class LightspeedError extends Error {
  readonly kind: LightspeedErrorKind;
  readonly retryable: boolean;
  readonly status: number | null;
  readonly retryAfterMs: number | null;
  readonly vendorMessage: string | null;

  constructor(kind: LightspeedErrorKind, message: string, details: LightspeedErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'LightspeedError';
    this.kind = kind;
    this.retryable = retryableByKind[kind];
    this.status = details.status ?? null;
    this.retryAfterMs = details.retryAfterMs ?? null;
    this.vendorMessage = details.vendorMessage ?? null;
    // Not enumerable: a logger or a failure converter that walks the error's fields doesn't meet it.
    Object.defineProperty(this, 'vendorMessage', { enumerable: false });
  }

  /** By name, as `instanceof` fails across a serialised failure or a second copy of this module. */
  static is(error: unknown, kind?: LightspeedErrorKind): error is LightspeedError {
    if (!(error instanceof Error) || error.name !== 'LightspeedError' || !('kind' in error)) return false;
    return kind === undefined || error.kind === kind;
  }
}
