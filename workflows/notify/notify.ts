import {
  condition,
  continueAsNew,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { NotifyActivities } from '../../activities/notify/notify.ts';
import { needsAttention } from '../messages/needs-attention.ts';
import type { NotifyInput } from '../messages/notify.ts';
import { outboxChanged } from '../messages/notify.ts';
import { renewal } from '../messages/renewal.ts';
import { stage } from '../messages/stage.ts';

const { deliverDueEvents } = proxyActivities<NotifyActivities>({
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '45 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
});

/**
 * Drains a tenant's outbox, and ends when it is empty. The flag is cleared before a round reads the outbox, and nothing
 * is awaited between the last look at it and the return: an event committed meanwhile is never left behind.
 */
export async function notify(input: NotifyInput): Promise<void> {
  let dirty = true;
  // What the run before has set is still there.
  let isMarked: boolean | null = workflowInfo().continuedFromExecutionRunId === undefined ? false : null;
  let isAged = false;
  setHandler(outboxChanged, () => {
    dirty = true;
  });
  setHandler(renewal, () => {
    isAged = true;
    dirty = true;
  });
  for (;;) {
    dirty = false;
    const round = await deliverDueEvents(input);
    const { undelivered, waitMs } = round;
    if (round.needsAttention !== isMarked) {
      isMarked = round.needsAttention;
      upsertSearchAttributes([{ key: needsAttention, value: isMarked }]);
    }
    const isEmpty = waitMs === null;
    if (isEmpty && !dirty) {
      upsertSearchAttributes([{ key: stage, value: 'done' }]);
      return;
    }
    // The next run begins dirty, so a signal that came to this one is not lost with it.
    if (isAged || workflowInfo().continueAsNewSuggested) return continueAsNew<typeof notify>(input);
    if (isEmpty || dirty || waitMs === 0) continue;
    upsertSearchAttributes([{ key: stage, value: 'waiting' }]);
    setCurrentDetails(`${undelivered} event(s) are waiting for another attempt: their receiver did not take them`);
    await condition(() => dirty, waitMs);
  }
}
