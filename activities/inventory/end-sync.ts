import { endRun } from '../../db/inventory/end-run.ts';
import type { ListingCounts } from '../../db/inventory/publish-listings.ts';
import type { InventorySyncDeps } from './inventory-sync.ts';

export interface SyncEnd extends ListingCounts {
  tenant: string;
  runId: string;
  /** A failure's code; null for a run that ended well. */
  failure: string | null;
  /** The run went out but for changes that a person must look at. */
  isHeld: boolean;
}

/** Records how the run ended, in words for the admin (R34). */
export async function endSync({ db, wake }: Pick<InventorySyncDeps, 'db' | 'wake'>, end: SyncEnd): Promise<void> {
  const { tenant, runId, listingsChanged, mapped, shown, hidden, failure, isHeld } = end;
  const counts = { listingsChanged, mapped, shown, hidden };
  const state = failure !== null ? 'failed' : isHeld ? 'held' : 'succeeded';
  const error =
    failure === null ? null : { code: failure, message: failureWords[failure] ?? failureWords['unexpected']! };
  await wake(await endRun(db, { tenant, runId, state, counts, error }));
}

const failureWords: Record<string, string> = {
  deadline: 'The run took longer than its interval allows; the next one goes on where it stopped.',
  'run-over': 'The connection was replaced while the run was under way; nothing more of it was written.',
  'not-connected': 'Lightspeed is not connected.',
  'connection-lost': 'Lightspeed refused our access: an admin must reconnect.',
  forbidden: 'Lightspeed refused a call: the connected user lacks a right. Reconnect as an admin.',
  unavailable: 'Lightspeed did not answer, or answered with an error of its own.',
  malformed: 'Lightspeed answered with something that could not be read; nothing of that page was used.',
  'wrong-host': 'Lightspeed pointed to another address for its next page; it was not followed.',
  'rate-limited': 'Lightspeed asked us to slow down for longer than the run allows.',
  'budget-wait': 'The calls that Lightspeed allows were used up for longer than the run allows.',
  'not-found': 'Lightspeed says that what was asked for is not there.',
  refused: 'Lightspeed refused a call.',
  unexpected: 'An error of our own stopped the run; the log has it.',
};
