import type { Incoming } from '../http/incoming.ts';
import type { GrantRow, OAuthTables } from './oauth-tables.ts';
import { requestFields } from './request-fields.ts';

/** The sign-in whose token, refresh token or code a request bears, dead or alive; undefined if none that is known. */
export function signInOf(oauth: OAuthTables, incoming: Incoming): GrantRow | undefined {
  const bearer = /^Bearer\s+(\S+)$/i.exec(incoming.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return grantOf(oauth, oauth.accessTokens.by('token', bearer)[0]);
  if (incoming.method !== 'POST' || !incoming.url.pathname.startsWith('/auth/oauth/')) return undefined;
  const { refresh_token: refreshToken, code } = requestFields(incoming);
  return grantOf(
    oauth,
    oauth.refreshTokens.by('token', refreshToken ?? '')[0] ?? oauth.codes.by('code', code ?? '')[0],
  );
}

function grantOf(oauth: OAuthTables, row: { grantID: number } | undefined): GrantRow | undefined {
  return row && oauth.grants.get(row.grantID);
}
