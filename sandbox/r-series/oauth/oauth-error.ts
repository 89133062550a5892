import type { Answer } from '../http/answer.ts';
import { plainAnswer } from '../http/answer.ts';

const descriptions = {
  invalid_request:
    'The request is missing a required parameter, includes an invalid parameter value, includes a parameter more than once, or is otherwise malformed.',
  invalid_client: 'Client authentication failed',
  invalid_grant:
    'The provided authorization grant (e.g., authorization code, resource owner credentials) or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.',
  invalid_scope: 'The requested scope is invalid, unknown, or malformed',
  unsupported_grant_type: 'The authorization grant type is not supported by the authorization server.',
  access_denied: 'The resource owner or authorization server denied the request.',
  rate_limited: 'Too many refreshes of one connection within a minute.',
} as const;

/** A refusal of the authorization server; becomes `{error, error_description, hint}`. */
export class OAuthRefusal extends Error {
  readonly status: number;
  readonly code: keyof typeof descriptions;

  constructor(status: number, code: keyof typeof descriptions, hint = '') {
    super(hint);
    this.status = status;
    this.code = code;
  }
}

/** The body of a refusal. @see lightspeed-r-series.md, "1. OAuth2" */
export function oauthErrorAnswer({ status, code, message: hint }: OAuthRefusal): Answer {
  const description = descriptions[code];
  const retry: Record<string, string> = status === 429 ? { 'retry-after': '12' } : {};
  return plainAnswer(status, { error: code, error_description: description, hint, message: description }, retry);
}
