import { finishAttempt } from '../../db/setup/finish-attempt.ts';
import { readAttempt } from '../../db/setup/read-attempt.ts';
import { connectWords } from '../../domain/setup/connect-words.ts';
import type { ConnectOutcome } from '../../workflows/messages/setup.ts';
import { outcomeOf } from './outcome-of.ts';
import type { SetupDeps } from './setup.ts';

/** Gives an attempt up that couldn't be brought to an end, unless it has had its outcome all the same. */
export async function failConnectAttempt(
  { db }: Pick<SetupDeps, 'db'>,
  { tenant, attemptId }: { tenant: string; attemptId: string },
): Promise<ConnectOutcome> {
  const outcome = 'lightspeed-down';
  await finishAttempt(db, tenant, attemptId, { outcome, message: connectWords[outcome].message });
  return outcomeOf(db, tenant, await readAttempt(db, tenant, attemptId));
}
