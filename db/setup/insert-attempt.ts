import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { connectAttempts } from '../schema/setup.ts';

/** Begins an attempt to connect. `verifier` is sealed and `stateHash` hashed by the caller. @returns when it expires. */
export async function insertAttempt(
  db: Database,
  attempt: {
    tenant: string;
    stateHash: string;
    verifier: string;
    takeOver: boolean;
    changeAccount: boolean;
    keyId: string | null;
  },
  lifetimeMs: number,
): Promise<{ attemptId: string; expiresAt: Date }> {
  const [row] = await db
    .insert(connectAttempts)
    .values({ ...attempt, expiresAt: sql`now() + ${lifetimeMs} * interval '1 millisecond'` })
    .returning({ attemptId: connectAttempts.id, expiresAt: connectAttempts.expiresAt });
  return row!;
}
