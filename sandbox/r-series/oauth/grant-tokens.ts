import { createHash } from 'node:crypto';
import type { World } from '../world.ts';
import { authenticatedClient } from './find-client.ts';
import { OAuthRefusal } from './oauth-error.ts';
import type { ClientRow, CodeRow, GrantRow, RefreshRow } from './oauth-tables.ts';
import { parseScope } from './scope.ts';
import { isRefreshAlive, issuePair, revokeAccess } from './tokens.ts';

type Fields = Record<string, string>;
type TokenBody = { token_type: string; expires_in: number; access_token: string; refresh_token: string };

/** Old refresh tokens of a connection may be used again that often a minute, until a successor's access token is used. */
const retriesPerMinute = 5;

/** POST token: a code or a refresh token for a new pair. @throws OAuthRefusal */
export function grantTokens(world: World, fields: Fields): TokenBody {
  const client = authenticatedClient(world.oauth, fields);
  switch (fields['grant_type']) {
    case 'authorization_code':
      return pairBody(world, codeGrant(world, client, fields));
    case 'refresh_token':
      return refreshGrant(world, client, fields);
    case undefined:
    case '':
      throw new OAuthRefusal(400, 'invalid_request', 'Check the `grant_type` parameter');
    default:
      throw new OAuthRefusal(400, 'unsupported_grant_type', 'Check that all required parameters have been provided');
  }
}

function codeGrant({ oauth, clock }: World, client: ClientRow, fields: Fields): GrantRow {
  if (!fields['code']) throw new OAuthRefusal(400, 'invalid_request', 'Check the `code` parameter');
  const code = oauth.codes.by('code', fields['code'])[0];
  const grant = code && oauth.grants.get(code.grantID);
  if (!code || grant?.clientNumber !== client.clientNumber)
    throw new OAuthRefusal(400, 'invalid_grant', 'Cannot decrypt the authorization code');
  if (code.isUsed || grant.isRevoked)
    throw new OAuthRefusal(400, 'invalid_grant', 'Authorization code has been revoked');
  if ((code.expiresAt ?? 0) <= clock.now())
    throw new OAuthRefusal(400, 'invalid_grant', 'Authorization code has expired');
  requireVerifier(code, fields['code_verifier'] ?? '');
  oauth.codes.update(code, { isUsed: true });
  return grant;
}

/** @see RFC 7636, 4.6 */
function requireVerifier({ challenge, challengeMethod }: CodeRow, verifier: string): void {
  if (challenge === '') return;
  if (verifier === '') throw new OAuthRefusal(400, 'invalid_request', 'Check the `code_verifier` parameter');
  const made = challengeMethod === 'S256' ? createHash('sha256').update(verifier).digest('base64url') : verifier;
  if (!/^[A-Za-z0-9\-._~]{43,128}$/.test(verifier) || made !== challenge) {
    throw new OAuthRefusal(400, 'invalid_grant', 'Failed to verify `code_verifier`.');
  }
}

function refreshGrant(world: World, client: ClientRow, fields: Fields): TokenBody {
  const { oauth, clock, switches } = world;
  if (!fields['refresh_token']) throw new OAuthRefusal(400, 'invalid_request', 'Check the `refresh_token` parameter');
  const refresh = oauth.refreshTokens.by('token', fields['refresh_token'])[0];
  const grant = refresh && oauth.grants.get(refresh.grantID);
  if (!refresh || grant?.clientNumber !== client.clientNumber)
    throw new OAuthRefusal(400, 'invalid_grant', 'Cannot decrypt the refresh token');
  const employee = world.accounts.get(grant.accountID)?.employees.get(grant.employeeID);
  const isBarred =
    !employee ||
    ((employee.lockOut || employee.archived) && switches.get('barred-refresh', grant.accountID) === 'refused');
  if (!isRefreshAlive(world, refresh) || isBarred) {
    throw new OAuthRefusal(400, 'invalid_grant', 'Token has been revoked');
  }
  requireScope(fields['scope'], grant);
  const isRetry = refresh.isUsed;
  if (isRetry) requireFewRetries(world, grant);
  oauth.refreshTokens.update(refresh, { isUsed: true, lastUsedAt: clock.now() });
  if (switches.get('refresh-revocation', grant.accountID) === 'at-once') {
    oauth.refreshTokens.update(refresh, { isRevoked: true });
    revokeAccess(world, grant);
  }
  return pairBody(world, grant, { refresh, isRetry });
}

function requireScope(asked: string | undefined, grant: GrantRow): void {
  if (!asked) return;
  const scope = parseScope(asked);
  const granted = grant.scope.split(' ');
  if (scope === undefined || !scope.split(' ').every((name) => granted.includes(name))) {
    throw new OAuthRefusal(400, 'invalid_scope', 'Check the `scope` parameter');
  }
}

/** @see lightspeed-r-series.md, "OAuth2": five retries a minute per connection; a token's first use is none of them. */
function requireFewRetries({ oauth, clock }: World, grant: GrantRow): void {
  const since = clock.now() - 60;
  const recent = oauth.accessTokens
    .by('grantID', grant.grantID)
    .filter((access) => access.isRetry && (access.issuedAt ?? 0) > since);
  if (recent.length >= retriesPerMinute) throw new OAuthRefusal(429, 'rate_limited', 'Too many refresh attempts');
}

/** Times of the answer are the reader's: at `--time-scale 20` a token dies 20 times as fast. */
function pairBody(world: World, grant: GrantRow, replaces?: { refresh: RefreshRow; isRetry: boolean }): TokenBody {
  const { accessToken, refreshToken, expiresIn } = issuePair(world, grant, replaces);
  const expires_in = Math.max(1, Math.floor(expiresIn / world.clock.scale));
  return { token_type: 'Bearer', expires_in, access_token: accessToken, refresh_token: refreshToken };
}
