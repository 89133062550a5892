import { and, desc, eq, isNotNull } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { connectAttempts } from '../schema/setup.ts';

export type Attempt = typeof connectAttempts.$inferSelect;

export async function readAttempt(db: Database, tenant: string, attemptId: string): Promise<Attempt | null> {
  const [row] = await db
    .select()
    .from(connectAttempts)
    .where(and(eq(connectAttempts.tenant, tenant), eq(connectAttempts.id, attemptId)));
  return row ?? null;
}

/** The attempt that ended last, for the person who looks at the wizard; null: none has. */
export async function readLastOutcome(
  db: Database,
  tenant: string,
): Promise<{ at: Date; outcome: string; message: string | null } | null> {
  const [row] = await db
    .select({
      at: connectAttempts.usedAt,
      outcome: connectAttempts.outcome,
      message: connectAttempts.outcomeMessage,
    })
    .from(connectAttempts)
    .where(and(eq(connectAttempts.tenant, tenant), isNotNull(connectAttempts.outcome)))
    .orderBy(desc(connectAttempts.usedAt))
    .limit(1);
  return row?.at && row.outcome ? { at: row.at, outcome: row.outcome, message: row.message } : null;
}
