import { and, eq, isNull } from 'drizzle-orm';
import type { Database, Transaction } from '../database.ts';
import { connectAttempts } from '../schema/setup.ts';

/** Keeps the pair that the attempt's code was exchanged for, until the outcome is known. False: it is known already. */
export async function keepAttemptPair(
  db: Database,
  tenant: string,
  attemptId: string,
  sealedPair: string,
): Promise<boolean> {
  const kept = await db
    .update(connectAttempts)
    .set({ tokenPair: sealedPair, code: null })
    .where(open(tenant, attemptId))
    .returning({ id: connectAttempts.id });
  return kept.length === 1;
}

/**
 * Says how an attempt ended, once. A refused attempt's pair stays until it is revoked; an accepted one's has moved.
 * @returns false when the outcome was known already: then nothing has changed.
 */
export async function finishAttempt(
  tx: Database | Transaction,
  tenant: string,
  attemptId: string,
  end: { outcome: string; message: string | null },
): Promise<boolean> {
  const isConnected = end.outcome === 'connected';
  const finished = await tx
    .update(connectAttempts)
    .set({ outcome: end.outcome, outcomeMessage: end.message, code: null, ...(isConnected ? { tokenPair: null } : {}) })
    .where(open(tenant, attemptId))
    .returning({ id: connectAttempts.id });
  return finished.length === 1;
}

function open(tenant: string, attemptId: string) {
  return and(eq(connectAttempts.tenant, tenant), eq(connectAttempts.id, attemptId), isNull(connectAttempts.outcome));
}
