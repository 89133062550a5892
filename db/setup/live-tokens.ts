import { and, eq, inArray, sql } from 'drizzle-orm';
import type { KeyRing } from '../../runtime/key-ring.ts';
import type { Database, Transaction } from '../database.ts';
import { connections } from '../schema/setup.ts';

/** The tokens of an active connection, opened. */
interface LiveTokens {
  connectionId: string;
  accountId: string;
  accessToken: string;
  tokenVersion: number;
  expiresInMs: number;
}

export type TokenReading = { kind: 'active'; tokens: LiveTokens } | { kind: 'none' } | { kind: 'lost' };

const expiresInMs = sql<number>`(extract(epoch from ${connections.accessExpiresAt} - clock_timestamp()) * 1000)::float8`;

const columns = {
  id: connections.id,
  accountId: connections.accountId,
  state: connections.state,
  accessToken: connections.accessToken,
  refreshToken: connections.refreshToken,
  tokenVersion: connections.tokenVersion,
  expiresInMs,
  sinceFailedMs: sql<
    number | null
  >`(extract(epoch from clock_timestamp() - ${connections.refreshFailedAt}) * 1000)::float8`,
  sinceRefreshedMs: sql<
    number | null
  >`(extract(epoch from clock_timestamp() - ${connections.refreshedAt}) * 1000)::float8`,
};

export type ConnectionRow = NonNullable<Awaited<ReturnType<typeof findConnection>>>;

/** The tenant's connection, active or lost; with an id, that one whatever its state. */
export async function findConnection(db: Database | Transaction, tenant: string, connectionId: string | null) {
  const which =
    connectionId === null ? inArray(connections.state, ['active', 'lost']) : eq(connections.id, connectionId);
  const [row] = await db
    .select(columns)
    .from(connections)
    .where(and(eq(connections.tenant, tenant), which));
  return row;
}

/** The same row, locked until the transaction's end. */
export async function lockConnection(tx: Transaction, tenant: string, connectionId: string) {
  const [row] = await tx
    .select(columns)
    .from(connections)
    .where(and(eq(connections.tenant, tenant), eq(connections.id, connectionId)))
    .for('update');
  return row;
}

export function readingOf(ring: KeyRing, tenant: string, row: ConnectionRow | undefined): TokenReading {
  if (row?.state === 'lost') return { kind: 'lost' };
  if (row?.state !== 'active' || row.accessToken === null) return { kind: 'none' };
  const { id, accountId, accessToken, tokenVersion } = row;
  return {
    kind: 'active',
    tokens: {
      connectionId: id,
      accountId,
      accessToken: ring.open(accessToken, tokenBinding(tenant, 'accessToken')),
      tokenVersion,
      expiresInMs: row.expiresInMs,
    },
  };
}

/** What a sealed token is bound to, so that it opens for this tenant and column only. */
export function tokenBinding(tenant: string, column: 'accessToken' | 'refreshToken'): string {
  return `${tenant}/connections.${column}`;
}
