import { continueAsNew, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { OrderRefundActivities } from '../../activities/orders/order-refund.ts';
import type { OrderRefundInput } from '../messages/orders.ts';
import { refundChanged } from '../messages/orders.ts';
import { postMarginMs, runSteps } from './run-steps.ts';

const { readNextRefundStep } = proxyLocalActivities<OrderRefundActivities>({ startToCloseTimeout: '10 s' });
const { lookUpRefund } = proxyActivities<OrderRefundActivities>({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '15 s',
  retry: { initialInterval: '500 ms', maximumInterval: '30 s' },
});

/** Brings one refund to its one refund sale. Ends when it is made, or there is nothing to make it of. */
export async function orderRefund(input: OrderRefundInput): Promise<void> {
  const { postRefund } = proxyActivities<OrderRefundActivities>({
    startToCloseTimeout: input.postDeadlineMs + postMarginMs,
    heartbeatTimeout: '15 s',
    retry: { maximumAttempts: 1 },
  });
  await runSteps({
    changed: refundChanged,
    readNextStep: () => readNextRefundStep(input),
    post: () => postRefund(input),
    steps: { 'look-up': () => lookUpRefund(input) },
    renew: () => continueAsNew<typeof orderRefund>(input),
  });
}
