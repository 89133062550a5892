import {
  CancellationScope,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  setCurrentDetails,
  upsertSearchAttributes,
  uuid4,
} from '@temporalio/workflow';
import type { InventorySyncActivities } from '../../activities/inventory/inventory-sync.ts';
import type { InventorySyncInput } from '../messages/inventory.ts';
import { stage } from '../messages/stage.ts';
import { failureCode } from './failure-code.ts';

const rows = proxyLocalActivities<InventorySyncActivities>({ startToCloseTimeout: '10s' });
const till = proxyActivities<InventorySyncActivities>({
  startToCloseTimeout: '1 hour',
  heartbeatTimeout: '20s', // steps heartbeat every 5 s
  retry: { initialInterval: '1s', maximumInterval: '30s', maximumAttempts: 10 },
});
const sums = proxyActivities<InventorySyncActivities>({
  startToCloseTimeout: '1 hour',
  heartbeatTimeout: '20s',
  retry: { maximumAttempts: 4 },
});

/**
 * One run of the sync: polls items and stock if it is day, then decides and publishes (R9). It never parks: it ends
 * within its deadline, and its row says how. A failed run leaves the listings as they are; the next one goes on.
 */
export async function inventorySync({ tenant, trigger, deadlineMs }: InventorySyncInput): Promise<void> {
  const runId = uuid4();
  const begun = await rows.beginSync({ tenant, runId, trigger, deadlineMs });
  if (begun.kind === 'idle') {
    setCurrentDetails(begun.why);
    return;
  }
  if (begun.kind === 'unread') {
    await sums.startMissingPull({ tenant });
    return;
  }
  let failure: string | null = null;
  let decided = { listingsChanged: 0, mapped: 0, shown: 0, hidden: 0, isHeld: false };
  try {
    decided = await CancellationScope.withTimeout(deadlineMs, async () => {
      if (begun.mode === 'poll') await till.pollChanges({ tenant, runId });
      return sums.decideTenant({ tenant, runId, asksTill: begun.mode === 'poll' });
    });
  } catch (error) {
    failure = isCancellation(error) ? 'deadline' : failureCode(error);
  }
  // Also when the run itself is cancelled: a run without an end would look as if it were under way for ever.
  await CancellationScope.nonCancellable(() => rows.endSync({ tenant, runId, ...decided, failure }));
  upsertSearchAttributes([{ key: stage, value: failure !== null ? 'failed' : decided.isHeld ? 'held' : 'succeeded' }]);
  setCurrentDetails(failure === null ? `${decided.listingsChanged} listings changed.` : `Failed: ${failure}.`);
}
