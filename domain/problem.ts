/**
 * Every refusal a caller can meet, with its HTTP status. The code is stable: clients switch on it.
 * @see RFC 9457
 */
export const problemStatus = {
  'bad-request': 400,
  'malformed-json': 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'tenant-removing': 409,
  'version-conflict': 412,
  'body-too-large': 413,
  'unsupported-media-type': 415,
  invalid: 422,
  'too-many-requests': 429,
  internal: 500,
  unavailable: 503,
  // Connecting
  'user-denied': 403,
  'state-unknown': 400,
  'state-used': 409,
  'state-expired': 400,
  'state-of-other-tenant': 403,
  'code-expired': 400,
  'not-admin': 403,
  'scope-missing': 403,
  'account-mismatch': 409,
  'account-connected-elsewhere': 409,
  'lightspeed-down': 503,
  'not-connected': 409,
  'connection-lost': 409,
  // The wizard
  'setup-incomplete': 409,
  'unknown-shop': 422,
  'unknown-location': 422,
  'unknown-price-level': 422,
  'unknown-employee': 422,
  'unknown-register': 422,
  'unknown-payment-type': 422,
  'unknown-status': 422,
  'unknown-item': 422,
  'choice-unusable': 422,
  'setup-changed': 412,
  // Orders
  'order-unknown': 404,
  'payment-conflict': 409,
  'fulfilment-conflict': 409,
  'order-exported': 409,
  'order-in-doubt': 409,
  'ticket-unknown': 422,
  'ticket-used': 409,
  'nothing-to-accept': 409,
  'refund-unknown': 404,
  'refund-conflict': 409,
  'refund-too-large': 422,
  'line-unknown': 422,
  // Inventory
  'location-mapped': 409,
  'unknown-sku': 422,
  'unknown-brand': 422,
  'unknown-category': 422,
  'item-taken': 409,
  'nothing-to-decide': 409,
  'run-unknown': 404,
  'sync-paused': 409,
} as const;

export type ProblemCode = keyof typeof problemStatus;

export interface ProblemDetails {
  /** The field at fault, as the caller wrote it: `items[3].gtin1`. */
  field?: string;
  /** What to do about it, in plain words. */
  remedy?: string;
  /** Every field at fault, where there may be several. */
  errors?: readonly { field: string; message: string }[];
}

/** A refusal to a caller: the only error that the API shows as it is. Its message must hold no secret and no customer. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly field: string | undefined;
  readonly remedy: string | undefined;
  readonly errors: ProblemDetails['errors'];

  constructor(code: ProblemCode, message: string, details: ProblemDetails = {}) {
    super(message);
    this.name = 'Problem';
    this.code = code;
    this.field = details.field;
    this.remedy = details.remedy;
    this.errors = details.errors;
  }

  /** By name, as `instanceof` fails across a serialised failure or a second copy of this module. */
  static is(error: unknown): error is Problem {
    return error instanceof Error && error.name === 'Problem' && 'code' in error;
  }
}
