import type { Database } from '../../db/database.ts';
import type { Attempt } from '../../db/setup/read-attempt.ts';
import { readSetup } from '../../db/setup/read-setup.ts';
import type { ConnectOutcome } from '../../workflows/messages/setup.ts';

/** How an attempt has ended, for whoever asks again. */
export async function outcomeOf(db: Database, tenant: string, attempt: Attempt | null): Promise<ConnectOutcome> {
  if (attempt?.outcome !== 'connected') return { kind: 'refused', code: attempt?.outcome ?? 'state-unknown' };
  const { connection } = await readSetup(db, tenant);
  return { kind: 'connected', accountId: connection?.accountId ?? '' };
}
