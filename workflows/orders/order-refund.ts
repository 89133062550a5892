import { defineSearchAttributeKey } from '@temporalio/common';
import {
  allHandlersFinished,
  condition,
  continueAsNew,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { OrderRefundActivities } from '../../activities/orders/order-refund.ts';
import type { OrderRefundInput } from '../messages/orders.ts';
import { refundChanged } from '../messages/orders.ts';

const stageKey = defineSearchAttributeKey('Stage', 'KEYWORD');
const attentionKey = defineSearchAttributeKey('NeedsAttention', 'BOOL');

const { readNextRefundStep } = proxyLocalActivities<OrderRefundActivities>({ startToCloseTimeout: '10 s' });
const { lookUpRefund } = proxyActivities<OrderRefundActivities>({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '15 s',
  retry: { initialInterval: '500 ms', maximumInterval: '30 s' },
});

/** Past the deadline of a POST: time to finish what was answered at the last moment. */
const postMarginMs = 60_000;
const firstPauseMs = 1_000;
const longestPauseMs = 5 * 60_000;

/** Brings one refund to its one refund sale, as `orderExport` does an order: the rows decide, this waits. */
export async function orderRefund(input: OrderRefundInput): Promise<void> {
  const { postRefund } = proxyActivities<OrderRefundActivities>({
    startToCloseTimeout: input.postDeadlineMs + postMarginMs,
    heartbeatTimeout: '15 s',
    retry: { maximumAttempts: 1 },
  });
  let dirty = true;
  let failures = 0;
  setHandler(refundChanged, () => {
    dirty = true;
  });
  const show = (stage: string) =>
    upsertSearchAttributes([
      { key: stageKey, value: stage },
      { key: attentionKey, value: stage === 'attention' },
    ]);
  for (;;) {
    if (workflowInfo().continueAsNewSuggested && allHandlersFinished()) {
      await continueAsNew<typeof orderRefund>(input);
    }
    dirty = false; // before the read: a signal that comes during it must cause another
    const step = await readNextRefundStep(input);
    switch (step.kind) {
      case 'look-up':
        await lookUpRefund(input);
        break;
      case 'post':
        try {
          await postRefund(input);
          failures = 0;
        } catch (error) {
          if (isCancellation(error)) throw error;
          // A lost answer isn't a failure: the ledger says "claimed", and the next read settles it.
          failures += 1;
          await condition(() => dirty, Math.min(firstPauseMs * 2 ** failures, longestPauseMs));
        }
        break;
      case 'wait':
        if (dirty) break;
        show(step.stage);
        if (step.waitMs === null) await condition(() => dirty);
        else await condition(() => dirty, Math.max(1, Math.ceil(step.waitMs)));
        break;
      case 'end':
        if (dirty) break;
        show(step.stage);
        return;
    }
  }
}
