import {
  allHandlersFinished,
  condition,
  continueAsNew,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { SaleBoundaryActivities } from '../../activities/inventory/sale-boundary.ts';
import type { SaleBoundaryInput } from '../messages/inventory.ts';
import { boundaryChanged } from '../messages/inventory.ts';
import { renewal } from '../messages/renewal.ts';

const { decideAtBoundary } = proxyActivities<SaleBoundaryActivities>({
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '20s',
  retry: { maximumInterval: '1 minute' },
});

/** A clock that was set, or a row changed past us, is found within a day. */
const longestWaitMs = 24 * 3_600_000;

/**
 * Decides a tenant's listings when a sale begins or ends (R13), and at once when sale dates, the catalogue or mappings
 * have changed. Ends when no sale is to come; the next change starts it again.
 */
export async function saleBoundary(input: SaleBoundaryInput): Promise<void> {
  let dirty = true;
  let isAged = false;
  setHandler(boundaryChanged, () => {
    dirty = true;
  });
  setHandler(renewal, () => {
    isAged = true;
    dirty = true;
  });
  for (;;) {
    if (isAged || workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished); // the signal that woke this counts as under way until the next turn
      await continueAsNew<typeof saleBoundary>(input);
    }
    dirty = false; // before the step: a signal that comes during it must cause another
    const waitMs = await decideAtBoundary(input);
    if (dirty) continue;
    if (waitMs === null) return;
    setCurrentDetails(`The next sale begins or ends in ${Math.round(waitMs / 1_000)} s.`);
    await condition(() => dirty, Math.min(waitMs + 1, longestWaitMs));
  }
}
