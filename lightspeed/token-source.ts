import { LightspeedError } from './lightspeed-error.ts';
import type { OAuthClient } from './oauth-client.ts';
import type { LiveTokens, TokenReading, TokenStore } from './token-store.ts';

/** The tokens of one connection, as its calls use them. */
export interface TokenSource {
  /** Read afresh for every call. @throws LightspeedError `not-connected`, `connection-lost` */
  current(): Promise<{ accessToken: string; tokenVersion: number }>;
  /** The pair of this version was refused with a 401: gets a newer one. @throws LightspeedError */
  renew(refusedVersion: number): Promise<void>;
  /** The newer pair was refused too. @returns what to throw. */
  refused(refusedVersion: number): Promise<LightspeedError>;
}

/** A pair that ends within this time is refreshed before it is used, to spare a 401. */
const earlyMs = 30_000;

export function createTokenSource(
  store: TokenStore,
  oauth: OAuthClient,
  connection: { tenant: string; connectionId: string },
): TokenSource {
  const { tenant, connectionId } = connection;
  const renew = async (seenVersion: number): Promise<LiveTokens> => {
    const outcome = await store.refresh(tenant, connectionId, seenVersion, (refreshToken) =>
      oauth.refresh(refreshToken).catch((error: unknown) => {
        if (LightspeedError.is(error, 'invalid-grant')) return null;
        throw error;
      }),
    );
    if (outcome.kind === 'later') {
      throw new LightspeedError('unavailable', 'The access token is being refreshed', {
        retryAfterMs: outcome.retryAfterMs,
      });
    }
    return requireTokens(outcome);
  };
  return {
    async current() {
      const tokens = requireTokens(await store.read(tenant, connectionId));
      if (tokens.expiresInMs > earlyMs) return tokens;
      try {
        return await renew(tokens.tokenVersion);
      } catch (error) {
        // While the authorization server is down, the old pair serves to its end.
        if (LightspeedError.is(error) && error.retryable && tokens.expiresInMs > 0) return tokens;
        throw error;
      }
    },
    async renew(refusedVersion) {
      await renew(refusedVersion);
    },
    async refused(refusedVersion) {
      await store.markLost(tenant, connectionId, refusedVersion, 'access-refused');
      return connectionLost();
    },
  };
}

/** @throws LightspeedError `not-connected`, `connection-lost` */
export function requireTokens(reading: TokenReading): LiveTokens {
  switch (reading.kind) {
    case 'active':
      return reading.tokens;
    case 'lost':
      throw connectionLost();
    case 'none':
      throw new LightspeedError('not-connected', 'The tenant has no such connection to Lightspeed, or it was replaced');
  }
}

function connectionLost(): LightspeedError {
  return new LightspeedError('connection-lost', 'Lightspeed refuses the connection: an admin must connect again');
}
