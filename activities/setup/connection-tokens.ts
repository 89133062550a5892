import { tokenBinding } from '../../db/setup/live-tokens.ts';
import type { KeyRing } from '../../runtime/key-ring.ts';
import type { AttemptPair } from './attempt-pair.ts';

/** The pair as `connections` keeps it, sealed for its tenant and column. */
export function sealConnectionTokens(
  ring: KeyRing,
  tenant: string,
  pair: AttemptPair,
): { accessToken: string; refreshToken: string; accessExpiresAt: Date } {
  return {
    accessToken: ring.seal(pair.accessToken, tokenBinding(tenant, 'accessToken')),
    refreshToken: ring.seal(pair.refreshToken, tokenBinding(tenant, 'refreshToken')),
    accessExpiresAt: new Date(pair.expiresAt),
  };
}

export function openConnectionRefreshToken(ring: KeyRing, tenant: string, sealed: string): string {
  return ring.open(sealed, tokenBinding(tenant, 'refreshToken'));
}
