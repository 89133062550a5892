import type { KeyRing } from '../../runtime/key-ring.ts';
import type { AttemptPair } from './attempt-pair.ts';

const binding = (tenant: string, column: 'accessToken' | 'refreshToken') => `${tenant}/connections.${column}`;

/** The pair as `connections` keeps it, sealed for its tenant and column. */
export function sealConnectionTokens(
  ring: KeyRing,
  tenant: string,
  pair: AttemptPair,
): { accessToken: string; refreshToken: string; accessExpiresAt: Date } {
  return {
    accessToken: ring.seal(pair.accessToken, binding(tenant, 'accessToken')),
    refreshToken: ring.seal(pair.refreshToken, binding(tenant, 'refreshToken')),
    accessExpiresAt: new Date(pair.expiresAt),
  };
}

export function openConnectionRefreshToken(ring: KeyRing, tenant: string, sealed: string): string {
  return ring.open(sealed, binding(tenant, 'refreshToken'));
}
