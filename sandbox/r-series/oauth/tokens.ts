import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Switches } from '../switches.ts';
import type { AccessRow, GrantRow, OAuthTables, RefreshRow } from './oauth-tables.ts';
import type { SigningKey } from './sign-token.ts';
import { signToken } from './sign-token.ts';

/** What the token rules need of the sandbox. */
export type TokenDesk = { oauth: OAuthTables; clock: Clock; switches: Switches; signingKey: SigningKey };

const accessLifeSeconds = 3600;
const refreshLifeSeconds = 30 * 24 * 3600;

/** A fresh pair for a grant; `replaces` is the refresh token that was given for it, and whether for another before. */
export function issuePair(
  desk: TokenDesk,
  grant: GrantRow,
  replaces?: { refresh: RefreshRow; isRetry: boolean },
): { accessToken: string; refreshToken: string; expiresIn: number } {
  const { oauth, clock, signingKey } = desk;
  const now = clock.nowMs() / 1000;
  const client = oauth.clients.need(grant.clientNumber);
  const accessToken = signToken(signingKey, {
    jti: randomBytes(40).toString('hex'),
    iss: 'https://cloud.lightspeedapp.com',
    aud: client.clientId,
    sub: String(grant.employeeID),
    acct: String(grant.accountID),
    scope: grant.scope,
    iat: now,
    nbf: now,
    exp: now + accessLifeSeconds,
  });
  const refreshToken = `def50${randomBytes(300).toString('hex')}`;
  oauth.refreshTokens.insert({ token: refreshToken, grantID: grant.grantID, lastUsedAt: clock.now() });
  oauth.accessTokens.insert({
    token: accessToken,
    grantID: grant.grantID,
    replacesID: replaces?.refresh.refreshID ?? 0,
    isRetry: replaces?.isRetry ?? false,
    issuedAt: Math.floor(now),
    expiresAt: Math.floor(now) + accessLifeSeconds,
  });
  return { accessToken, refreshToken, expiresIn: accessLifeSeconds };
}

/** Whether a refresh token can still be used: neither revoked nor unused for 30 days. */
export function isRefreshAlive({ oauth, clock }: TokenDesk, refresh: RefreshRow): boolean {
  const grant = oauth.grants.need(refresh.grantID);
  return !refresh.isRevoked && !grant.isRevoked && clock.now() - (refresh.lastUsedAt ?? 0) < refreshLifeSeconds;
}

/** Why an access token is refused, in the words of the documented hints; undefined if it is good. */
export function accessRefusal({ oauth, clock }: TokenDesk, access: AccessRow | undefined): string | undefined {
  if (!access) return 'Access token could not be verified';
  if (access.isRevoked || oauth.grants.need(access.grantID).isRevoked) return 'Access token has been revoked';
  return (access.expiresAt ?? 0) <= clock.now() ? 'Access token could not be verified' : undefined;
}

/** Notes the first use of an access token, which is what kills the refresh token that it came from. */
export function noteUse({ oauth }: TokenDesk, access: AccessRow): void {
  if (access.isUsed) return;
  oauth.accessTokens.update(access, { isUsed: true });
  const replaced = oauth.refreshTokens.get(access.replacesID);
  if (replaced) oauth.refreshTokens.update(replaced, { isRevoked: true });
}

/** Kills a grant's access tokens only: the next call with one must refresh. */
export function revokeAccess({ oauth }: TokenDesk, grant: GrantRow): void {
  for (const access of oauth.accessTokens.by('grantID', grant.grantID)) {
    if (!access.isRevoked) oauth.accessTokens.update(access, { isRevoked: true });
  }
}

/** Kills every token of a grant. */
export function revokeGrant({ oauth }: TokenDesk, grant: GrantRow): void {
  oauth.grants.update(grant, { isRevoked: true });
}
