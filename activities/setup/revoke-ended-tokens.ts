import { forgetDeadTokens, listDeadTokens } from '../../db/setup/list-dead-tokens.ts';
import { openAttemptPair } from './attempt-pair.ts';
import { openConnectionRefreshToken } from './connection-tokens.ts';
import type { SetupDeps } from './setup.ts';

/**
 * Revokes what is no longer used: pairs of ended connections and of refused attempts. Safe to repeat: a pair that is
 * dead already counts as revoked.
 */
export async function revokeEndedTokens(
  { db, ring, oauth }: Pick<SetupDeps, 'db' | 'ring' | 'oauth'>,
  { tenant }: { tenant: string },
): Promise<void> {
  for (const dead of await listDeadTokens(db, tenant)) {
    const refreshToken =
      dead.kind === 'attempt'
        ? openAttemptPair(ring, dead.tenant, dead.sealedPair).refreshToken
        : openConnectionRefreshToken(ring, dead.tenant, dead.sealedRefreshToken);
    await oauth.revoke(refreshToken);
    await forgetDeadTokens(db, dead);
  }
}
