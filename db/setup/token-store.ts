import { and, eq, sql } from 'drizzle-orm';
import type { KeyRing } from '../../runtime/key-ring.ts';
import type { Database, Transaction } from '../database.ts';
import type { WakeUp } from '../notify/wake-ups.ts';
import { connections } from '../schema/setup.ts';
import type { ConnectionRow, TokenReading } from './live-tokens.ts';
import { findConnection, lockConnection, readingOf, tokenBinding } from './live-tokens.ts';
import type { LostReason } from './mark-connection-lost.ts';
import { markConnectionLost } from './mark-connection-lost.ts';

/** A pair as the authorization server gives it. */
interface NewPair {
  accessToken: string;
  refreshToken: string;
  expiresInMs: number;
}

export type RefreshOutcome = TokenReading | { kind: 'later'; retryAfterMs: number };
type Exchange = (refreshToken: string) => Promise<NewPair | null>;
type Refreshed =
  | { kind: 'reading'; reading: TokenReading }
  | { kind: 'later'; retryAfterMs: number }
  | { kind: 'lost'; owed: WakeUp[] }
  | { kind: 'failed'; error: unknown };

export interface TokenStoreOptions {
  /** The longest that `exchange` takes. */
  exchangeTimeoutMs: number;
  /** Signals what is owed once it is committed. */
  wake: (owed: WakeUp[]) => Promise<void>;
}

export type TokenStore = ReturnType<typeof createTokenStore>;

/** Five refreshes a minute are allowed to a connection: how long one rests that has failed, or whose pair is refused. */
const restMs = 15_000;
/** A pair that ends within this time is refreshed however new it is. */
const endingMs = 60_000;
const lockTimedOut = '55P03';

/**
 * Keeps the tokens of all connections, sealed. Rotation, in order: the row is locked, so that there is one refresher over
 * all processes; who comes second finds a newer version and takes it; the old refresh token is exchanged; the new pair is
 * committed; only then is it given out. The vendor keeps the old refresh token alive until the new access token is first
 * used, so that a crash between receiving and committing is made good by the next refresh.
 */
export function createTokenStore(db: Database, ring: KeyRing, { exchangeTimeoutMs, wake }: TokenStoreOptions) {
  // Callers of one process share a refresh, so that those who wait for it hold no database connection each.
  const underWay = new Map<string, Promise<RefreshOutcome>>();

  async function exchangeLocked(
    tx: Transaction,
    tenant: string,
    row: ConnectionRow,
    exchange: Exchange,
  ): Promise<Refreshed> {
    if (row.refreshToken === null) return { kind: 'reading', reading: { kind: 'none' } };
    const own = and(eq(connections.tenant, tenant), eq(connections.id, row.id));
    let pair: NewPair | null;
    try {
      pair = await exchange(ring.open(row.refreshToken, tokenBinding(tenant, 'refreshToken')));
    } catch (error) {
      await tx.update(connections).set({ refreshFailedAt: sql`clock_timestamp()` }).where(own);
      return { kind: 'failed', error };
    }
    if (pair === null) {
      const owed = await markConnectionLost(tx, tenant, row.id, row.tokenVersion, 'refresh-refused');
      return { kind: 'lost', owed: owed ?? [] };
    }
    await tx
      .update(connections)
      .set({
        accessToken: ring.seal(pair.accessToken, tokenBinding(tenant, 'accessToken')),
        refreshToken: ring.seal(pair.refreshToken, tokenBinding(tenant, 'refreshToken')),
        tokenVersion: row.tokenVersion + 1,
        accessExpiresAt: sql`clock_timestamp() + ${pair.expiresInMs} * interval '1 millisecond'`,
        refreshFailedAt: null,
        refreshedAt: sql`clock_timestamp()`,
      })
      .where(own);
    const { accessToken, expiresInMs } = pair;
    const tokens = {
      connectionId: row.id,
      accountId: row.accountId,
      accessToken,
      tokenVersion: row.tokenVersion + 1,
      expiresInMs,
    };
    return { kind: 'reading', reading: { kind: 'active', tokens } };
  }

  /** @param isWanted whether the locked row's refresh token is to be exchanged; else its reading is the answer. */
  async function exchangeOnce(
    tenant: string,
    connectionId: string,
    exchange: Exchange,
    isWanted: (row: ConnectionRow) => boolean,
  ): Promise<RefreshOutcome> {
    const done = await db
      .transaction(async (tx): Promise<Refreshed> => {
        // A process frozen in mid-exchange must not hold the row for ever: the server ends its session.
        await tx.execute(sql`select set_config('idle_in_transaction_session_timeout', ${String(exchangeTimeoutMs + 10_000)}, true),
          set_config('lock_timeout', ${String(exchangeTimeoutMs + 5_000)}, true)`);
        const row = await lockConnection(tx, tenant, connectionId);
        const reading = readingOf(ring, tenant, row);
        if (!row || !isWanted(row)) return { kind: 'reading', reading };
        const leftMs = restLeft(row);
        if (leftMs > 0) return { kind: 'later', retryAfterMs: Math.ceil(leftMs) };
        return exchangeLocked(tx, tenant, row, exchange);
      })
      .catch((error: unknown): Refreshed => {
        if (isLockTimeout(error)) return { kind: 'later', retryAfterMs: 1_000 };
        throw error;
      });
    switch (done.kind) {
      case 'failed':
        throw done.error;
      case 'later':
        return done;
      case 'lost':
        await wake(done.owed);
        return { kind: 'lost' };
      case 'reading':
        return done.reading;
    }
  }

  return {
    async current(tenant: string): Promise<TokenReading> {
      return readingOf(ring, tenant, await findConnection(db, tenant, null));
    },
    async read(tenant: string, connectionId: string): Promise<TokenReading> {
      return readingOf(ring, tenant, await findConnection(db, tenant, connectionId));
    },
    async refresh(
      tenant: string,
      connectionId: string,
      seenVersion: number,
      exchange: Exchange,
    ): Promise<RefreshOutcome> {
      // By version, so that who has seen a newer pair refused doesn't get it back.
      const key = `${connectionId}/${seenVersion}`;
      const isSeen = (row: ConnectionRow) => row.state === 'active' && row.tokenVersion <= seenVersion;
      const shared = underWay.get(key) ?? exchangeOnce(tenant, connectionId, exchange, isSeen);
      underWay.set(key, shared);
      try {
        return await shared;
      } finally {
        underWay.delete(key);
      }
    },
    /**
     * Exchanges the refresh token of the tenant's lost connection once more. The pair is committed, but the connection
     * stays lost: `restoreConnection` once a call has shown that the pair is honoured.
     */
    async probe(tenant: string, exchange: Exchange): Promise<RefreshOutcome> {
      const connection = await findConnection(db, tenant, null);
      if (!connection) return { kind: 'none' };
      return exchangeOnce(tenant, connection.id, exchange, (row) => row.state === 'lost');
    },
    async markLost(tenant: string, connectionId: string, seenVersion: number, reason: LostReason): Promise<void> {
      const owed = await db.transaction((tx) => markConnectionLost(tx, tenant, connectionId, seenVersion, reason));
      if (owed) await wake(owed);
    },
  };
}

/**
 * Many callers whose calls are all refused would otherwise refresh one after the other, each the pair of the one before.
 */
function restLeft({ state, sinceFailedMs, sinceRefreshedMs, expiresInMs }: ConnectionRow): number {
  const sinceFailure = sinceFailedMs ?? Infinity;
  const sinceRefused = state === 'active' && expiresInMs > endingMs ? (sinceRefreshedMs ?? Infinity) : Infinity;
  return Math.max(0, restMs - Math.min(sinceFailure, sinceRefused));
}

function isLockTimeout(error: unknown): boolean {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return cause instanceof Error && 'code' in cause && cause.code === lockTimedOut;
}
