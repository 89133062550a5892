import {
  condition,
  continueAsNew,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { NotifyActivities } from '../../activities/notify/notify.ts';
import type { NotifyInput } from '../messages/notify.ts';
import { outboxChanged } from '../messages/notify.ts';

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
  setHandler(outboxChanged, () => {
    dirty = true;
  });
  for (;;) {
    dirty = false;
    const { undelivered, waitMs } = await deliverDueEvents(input);
    const isEmpty = waitMs === null;
    if (isEmpty && !dirty) return;
    // The next run begins dirty, so a signal that came to this one is not lost with it.
    if (workflowInfo().continueAsNewSuggested) return continueAsNew<typeof notify>(input);
    if (isEmpty || dirty || waitMs === 0) continue;
    setCurrentDetails(`${undelivered} event(s) are waiting for another attempt: their receiver did not take them`);
    await condition(() => dirty, waitMs);
  }
}
