import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { connectAttempts } from '../schema/setup.ts';

export type AttemptUse =
  | { kind: 'used'; tenant: string; attemptId: string }
  | { kind: 'unknown' }
  /** Somebody else's sign-in: it stays unused. */
  | { kind: 'other-tenant' }
  | { kind: 'used-before'; tenant: string }
  | { kind: 'expired'; tenant: string };

/**
 * Uses an attempt up, once: whoever comes second with the same state finds it used.
 * @param callerTenant whose key came along; null: none, as from a browser.
 * @param seal seals the authorization code for the tenant that the state belongs to; null: none has come.
 */
export async function useAttempt(
  db: Database,
  stateHash: string,
  callerTenant: string | null,
  seal: ((tenant: string) => string) | null,
): Promise<AttemptUse> {
  const [found] = await db
    .select({ tenant: connectAttempts.tenant })
    .from(connectAttempts)
    .where(eq(connectAttempts.stateHash, stateHash));
  if (!found) return { kind: 'unknown' };
  const { tenant } = found;
  if (callerTenant !== null && callerTenant !== tenant) return { kind: 'other-tenant' };
  const unused = and(
    eq(connectAttempts.tenant, tenant),
    eq(connectAttempts.stateHash, stateHash),
    isNull(connectAttempts.usedAt),
  );
  const [used] = await db
    .update(connectAttempts)
    .set({ usedAt: sql`now()`, code: seal ? seal(tenant) : null })
    .where(and(unused, sql`${connectAttempts.expiresAt} > now()`))
    .returning({ attemptId: connectAttempts.id });
  if (used) return { kind: 'used', tenant, attemptId: used.attemptId };
  const [expired] = await db.select({ id: connectAttempts.id }).from(connectAttempts).where(unused);
  return { kind: expired ? 'expired' : 'used-before', tenant };
}
