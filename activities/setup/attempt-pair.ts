import { z } from 'zod';
import { attemptBinding } from '../../db/setup/attempt-binding.ts';
import type { Attempt } from '../../db/setup/read-attempt.ts';
import type { TokenPair } from '../../lightspeed/oauth-client.ts';
import type { KeyRing } from '../../runtime/key-ring.ts';

const attemptPair = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  expiresInMs: z.number(),
  expiresAt: z.string(),
  accountId: z.string(),
  userId: z.string(),
  scopes: z.array(z.string()),
});

/** A pair as an attempt keeps it until its outcome is known; `expiresAt` is the access token's end. */
export type AttemptPair = TokenPair & { expiresAt: string };

export function sealAttemptPair(ring: KeyRing, tenant: string, pair: AttemptPair): string {
  return ring.seal(JSON.stringify(pair), attemptBinding(tenant, 'tokenPair'));
}

export function openAttemptPair(ring: KeyRing, tenant: string, sealed: string): AttemptPair {
  return attemptPair.parse(JSON.parse(ring.open(sealed, attemptBinding(tenant, 'tokenPair'))));
}

/** The authorization code with the verifier that proves it ours; null when there is none, or no more. */
export function openGrant(ring: KeyRing, attempt: Attempt): { code: string; verifier: string } | null {
  if (!attempt.code) return null;
  return {
    code: ring.open(attempt.code, attemptBinding(attempt.tenant, 'code')),
    verifier: ring.open(attempt.verifier, attemptBinding(attempt.tenant, 'verifier')),
  };
}
