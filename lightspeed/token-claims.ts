import { decodeJwt } from 'jose';
import { z } from 'zod';
import { LightspeedError } from './lightspeed-error.ts';

const claims = z.object({
  acct: z.union([z.string().min(1), z.number()]).transform(String),
  sub: z.union([z.string().min(1), z.number()]).transform(String),
  scope: z.string().default(''),
  exp: z.number(),
});

export interface TokenClaims {
  accountId: string;
  /** The Lightspeed user who authorised. */
  userId: string;
  scopes: string[];
  /** Unix seconds; the vendor sends a fraction. */
  expiresAt: number;
}

/**
 * Reads an access token that the token endpoint has just given us. The signature isn't checked: the token came over TLS
 * from the host that we asked, no third party had it in hand, and Lightspeed checks it on every call.
 * Never read claims like this from a token that a browser or an API client sends.
 * @throws LightspeedError `malformed`
 */
export function readTokenClaims(accessToken: string): TokenClaims {
  let payload: unknown;
  try {
    payload = decodeJwt(accessToken);
  } catch {
    throw new LightspeedError('malformed', 'The access token is no JWT');
  }
  const parsed = claims.safeParse(payload);
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
    throw new LightspeedError('malformed', `The access token lacks claims: ${fields}`);
  }
  const { acct, sub, scope, exp } = parsed.data;
  return { accountId: acct, userId: sub, scopes: scope.split(/[\s+]+/).filter(Boolean), expiresAt: exp };
}
