import type { TokenPair } from './oauth-client.ts';

/** The tokens of a tenant's connection, as they stand now. */
export interface LiveTokens {
  connectionId: string;
  accountId: string;
  accessToken: string;
  /** Rises with every rotation: says which pair a caller has seen refused. */
  tokenVersion: number;
  expiresInMs: number;
}

/** `none`: never connected, replaced or ended. `lost`: Lightspeed refuses the tokens. */
export type TokenReading = { kind: 'active'; tokens: LiveTokens } | { kind: 'none' } | { kind: 'lost' };

/** `later`: another refresh has failed a moment ago or is still under way; the vendor allows five a minute. */
type RefreshOutcome = TokenReading | { kind: 'later'; retryAfterMs: number };

export type LostReason = 'refresh-refused' | 'access-refused';

/** What the client needs of whoever keeps the tokens. */
export interface TokenStore {
  /** Of the tenant's connection. */
  current(tenant: string): Promise<TokenReading>;
  /** Of this connection only: `none` as soon as another has replaced it. */
  read(tenant: string, connectionId: string): Promise<TokenReading>;
  /**
   * Gives tokens newer than `seenTokenVersion`: those that another caller has fetched meanwhile, or the pair that
   * `exchange` fetches, committed before it is returned. One refresher at a time, over all processes.
   * @param exchange gives null when the refresh token is dead: the connection is then marked lost. What it throws is
   * thrown on, and the old pair stays.
   */
  refresh(
    tenant: string,
    connectionId: string,
    seenTokenVersion: number,
    exchange: (refreshToken: string) => Promise<TokenPair | null>,
  ): Promise<RefreshOutcome>;
  /** Says that a pair just refreshed is refused as well. Does nothing if there is a newer one. */
  markLost(tenant: string, connectionId: string, seenTokenVersion: number, reason: LostReason): Promise<void>;
}
