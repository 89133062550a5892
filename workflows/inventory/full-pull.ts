import {
  CancellationScope,
  continueAsNew,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  setCurrentDetails,
  upsertSearchAttributes,
  uuid4,
} from '@temporalio/workflow';
import type { FullPullActivities } from '../../activities/inventory/full-pull.ts';
import type { InventorySyncActivities } from '../../activities/inventory/inventory-sync.ts';
import type { FullPullInput } from '../messages/inventory.ts';
import { stage } from '../messages/stage.ts';
import { failureCode } from './failure-code.ts';

const rows = proxyLocalActivities<FullPullActivities & InventorySyncActivities>({ startToCloseTimeout: '30s' });
/** Hours long if the catalogue is large: a worker that dies is noticed by its heartbeat, and the next goes on at its page. */
const till = proxyActivities<FullPullActivities & InventorySyncActivities>({
  startToCloseTimeout: '12 hours',
  scheduleToCloseTimeout: '20 hours',
  heartbeatTimeout: '20s', // steps heartbeat every 5 s
  retry: { initialInterval: '1s', maximumInterval: '2 minutes' },
});
const sums = proxyActivities<InventorySyncActivities>({
  startToCloseTimeout: '1 hour',
  heartbeatTimeout: '20s',
  retry: { maximumAttempts: 4 },
});

/** How a run ends whose connection was replaced or ended. */
const connectionEnded: ReadonlySet<string> = new Set(['run-over', 'not-connected']);

/**
 * Reads the whole account, retires what is gone by both the list and a second look, and decides. Only a complete pull
 * retires; whatever fails before that leaves the listings as they are. Polls go on beside it. One whose connection is
 * replaced under way begins anew over the new one, which nobody else may have begun while this one ran.
 */
export async function fullPull({ tenant, trigger }: FullPullInput): Promise<void> {
  const runId = uuid4();
  const begun = await rows.beginFullPull({ tenant, runId, trigger });
  if (begun.kind === 'idle') {
    setCurrentDetails(begun.why);
    return;
  }
  let failure: string | null = null;
  let decided = { listingsChanged: 0, mapped: 0, shown: 0, hidden: 0, isHeld: false };
  try {
    await till.pullEverything({ tenant, runId, trigger });
    await till.rereadMissing({ tenant, runId });
    await till.readManufacturers({ tenant, runId, anew: true });
    await rows.retireMissing({ tenant, runId });
    decided = await sums.decideTenant({ tenant, runId, asksTill: true });
  } catch (error) {
    failure = isCancellation(error) ? 'deadline' : failureCode(error);
  }
  await CancellationScope.nonCancellable(() => rows.endSync({ tenant, runId, ...decided, failure }));
  upsertSearchAttributes([{ key: stage, value: failure !== null ? 'failed' : decided.isHeld ? 'held' : 'succeeded' }]);
  setCurrentDetails(failure === null ? `${decided.listingsChanged} listings changed.` : `Failed: ${failure}.`);
  if (failure !== null && connectionEnded.has(failure)) await continueAsNew<typeof fullPull>({ tenant, trigger });
}
