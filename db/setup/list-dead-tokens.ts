import { and, eq, inArray, isNotNull, or } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Database } from '../database.ts';
import { connectAttempts, connections } from '../schema/setup.ts';

/** A pair that is no longer used and not yet revoked; `tenant` is whose it was sealed for. */
export type DeadTokens =
  | { kind: 'connection'; id: string; tenant: string; sealedRefreshToken: string }
  | { kind: 'attempt'; id: string; tenant: string; sealedPair: string };

/**
 * The tenant's ended connections and refused attempts whose tokens are still to be revoked, and those of whom the tenant
 * has taken its account over from.
 */
export async function listDeadTokens(db: Database, tenant: string): Promise<DeadTokens[]> {
  const own = alias(connections, 'own');
  const accounts = db.select({ accountId: own.accountId }).from(own).where(eq(own.tenant, tenant));
  const ended = await db
    .select({ id: connections.id, tenant: connections.tenant, token: connections.refreshToken })
    .from(connections)
    .where(
      and(
        or(eq(connections.tenant, tenant), inArray(connections.accountId, accounts)),
        inArray(connections.state, ['replaced', 'disconnected']),
        isNotNull(connections.refreshToken),
      ),
    );
  const refused = await db
    .select({ id: connectAttempts.id, pair: connectAttempts.tokenPair })
    .from(connectAttempts)
    .where(
      and(eq(connectAttempts.tenant, tenant), isNotNull(connectAttempts.outcome), isNotNull(connectAttempts.tokenPair)),
    );
  return [
    ...ended.map((row) => ({
      kind: 'connection' as const,
      id: row.id,
      tenant: row.tenant,
      sealedRefreshToken: row.token!,
    })),
    ...refused.map((row) => ({ kind: 'attempt' as const, id: row.id, tenant, sealedPair: row.pair! })),
  ];
}

/** Forgets tokens once they are revoked. */
export async function forgetDeadTokens(db: Database, dead: DeadTokens): Promise<void> {
  if (dead.kind === 'connection') {
    await db
      .update(connections)
      .set({ accessToken: null, refreshToken: null })
      .where(and(eq(connections.tenant, dead.tenant), eq(connections.id, dead.id)));
  } else {
    await db
      .update(connectAttempts)
      .set({ tokenPair: null })
      .where(and(eq(connectAttempts.tenant, dead.tenant), eq(connectAttempts.id, dead.id)));
  }
}
