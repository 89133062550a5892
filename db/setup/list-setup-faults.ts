import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { SetupFault } from '../../domain/setup/find-faults.ts';
import { setupSteps } from '../../domain/setup/setup-steps.ts';
import type { Database, Transaction } from '../database.ts';
import { attention } from '../schema/notify.ts';

/** What is open about the connection and about each step, as the steps' faults. */
export async function listSetupFaults(db: Database | Transaction, tenant: string): Promise<SetupFault[]> {
  const rows = await db
    .select()
    .from(attention)
    .where(
      and(
        eq(attention.tenant, tenant),
        inArray(attention.subjectKind, ['connection', 'setup']),
        isNull(attention.resolvedAt),
      ),
    )
    .orderBy(asc(attention.createdAt), asc(attention.code));
  return rows.flatMap(({ subjectKind, subjectId, code, message: reason, remedy }) => {
    const step = subjectKind === 'connection' ? 'connect' : setupSteps.find((each) => each === subjectId);
    return step === undefined || step === 'complete' ? [] : [{ step, code, reason, remedy }];
  });
}
