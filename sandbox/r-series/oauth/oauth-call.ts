import type { Answer } from '../http/answer.ts';
import { plainAnswer } from '../http/answer.ts';
import type { Incoming } from '../http/incoming.ts';
import type { World } from '../world.ts';
import { authorize } from './authorize.ts';
import { authenticatedClient } from './find-client.ts';
import { grantTokens } from './grant-tokens.ts';
import { OAuthRefusal, oauthErrorAnswer } from './oauth-error.ts';
import { requestFields } from './request-fields.ts';
import { accessRefusal, revokeGrant } from './tokens.ts';

/** Whether a path is the authorization server's. */
export function isOAuthPath(path: string): boolean {
  return path.startsWith('/auth/oauth/') || path === '/.well-known/jwks' || path.startsWith('/oauth/');
}

/** Answers a call to the authorization server; the addresses of the deprecated one lead to the same. */
export function oauthCall(world: World, incoming: Incoming): Answer {
  try {
    return world.changes.run(() => route(world, incoming));
  } catch (error) {
    if (error instanceof OAuthRefusal) return oauthErrorAnswer(error);
    throw error;
  }
}

function route(world: World, incoming: Incoming): Answer {
  switch (incoming.url.pathname) {
    case '/auth/oauth/authorize':
    case '/oauth/authorize.php':
      return authorize(world, incoming);
    case '/auth/oauth/token':
    case '/oauth/access_token.php':
      requirePost(incoming);
      return plainAnswer(200, grantTokens(world, requestFields(incoming)), { 'cache-control': 'no-store' });
    case '/auth/oauth/revoke':
      requirePost(incoming);
      return revoke(world, requestFields(incoming));
    case '/auth/oauth/introspect':
      return introspect(world, incoming);
    case '/.well-known/jwks':
      return plainAnswer(200, world.signingKey.jwks);
    default:
      return plainAnswer(404, { error: 'not_found' });
  }
}

function requirePost({ method }: Incoming): void {
  if (method !== 'POST') throw new OAuthRefusal(405, 'invalid_request', 'Use POST');
}

/** Kills both tokens of a pair. */
function revoke(world: World, fields: Record<string, string>): Answer {
  const client = authenticatedClient(world.oauth, fields);
  if (!fields['refresh_token']) throw new OAuthRefusal(400, 'invalid_request', 'Check the `refresh_token` parameter');
  const refresh = world.oauth.refreshTokens.by('token', fields['refresh_token'])[0];
  const grant = refresh && world.oauth.grants.get(refresh.grantID);
  if (grant?.clientNumber !== client.clientNumber)
    throw new OAuthRefusal(400, 'invalid_grant', 'Cannot decrypt the refresh token');
  revokeGrant(world, grant);
  return plainAnswer(200, {});
}

function introspect(world: World, { headers }: Incoming): Answer {
  const token = /^Bearer\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
  const access = world.oauth.accessTokens.by('token', token)[0];
  if (!access || accessRefusal(world, access) !== undefined) return plainAnswer(200, { active: false });
  const grant = world.oauth.grants.need(access.grantID);
  return plainAnswer(200, {
    active: true,
    token_type: 'Bearer',
    client_id: world.oauth.clients.need(grant.clientNumber).clientId,
    sub: String(grant.employeeID),
    acct: String(grant.accountID),
    scope: grant.scope,
    exp: access.expiresAt,
  });
}
