import { continueAsNew, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { OrderExportActivities } from '../../activities/orders/order-export.ts';
import type { OrderExportInput } from '../messages/orders.ts';
import { orderChanged } from '../messages/orders.ts';
import { postMarginMs, runSteps } from './run-steps.ts';

const { readNextExportStep } = proxyLocalActivities<OrderExportActivities>({ startToCloseTimeout: '10 s' });
const { readAccountFacts, lookUpSale, createWebTaxCategory, findOrderCustomer } =
  proxyActivities<OrderExportActivities>({
    startToCloseTimeout: '5 minutes',
    heartbeatTimeout: '15 s',
    retry: { initialInterval: '500 ms', maximumInterval: '30 s' },
  });

/** Brings one order to its one completed sale. Ends when the order is exported, cancelled or settled. */
export async function orderExport(input: OrderExportInput): Promise<void> {
  const { postSale } = proxyActivities<OrderExportActivities>({
    startToCloseTimeout: input.postDeadlineMs + postMarginMs,
    heartbeatTimeout: '15 s',
    retry: { maximumAttempts: 1 },
  });
  await runSteps({
    changed: orderChanged,
    readNextStep: () => readNextExportStep(input),
    post: () => postSale(input),
    steps: {
      'read-account': () => readAccountFacts(input),
      'look-up': () => lookUpSale(input),
      'create-tax-category': () => createWebTaxCategory(input),
      'find-customer': () => findOrderCustomer(input),
    },
    renew: () => continueAsNew<typeof orderExport>(input),
  });
}
