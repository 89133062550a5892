import { defineSearchAttributeKey } from '@temporalio/common';
import {
  allHandlersFinished,
  condition,
  continueAsNew,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { OrderExportActivities } from '../../activities/orders/order-export.ts';
import type { OrderExportInput } from '../messages/orders.ts';
import { orderChanged } from '../messages/orders.ts';
import { renewal } from '../messages/renewal.ts';

const stageKey = defineSearchAttributeKey('Stage', 'KEYWORD');
const attentionKey = defineSearchAttributeKey('NeedsAttention', 'BOOL');

const { readNextExportStep } = proxyLocalActivities<OrderExportActivities>({ startToCloseTimeout: '10 s' });
const { readAccountFacts, lookUpSale, createWebTaxCategory, findOrderCustomer } =
  proxyActivities<OrderExportActivities>({
    startToCloseTimeout: '5 minutes',
    heartbeatTimeout: '15 s',
    retry: { initialInterval: '500 ms', maximumInterval: '30 s' },
  });

/** Past the deadline of a POST: time to finish what was answered at the last moment. */
const postMarginMs = 60_000;
const firstPauseMs = 1_000;
const longestPauseMs = 5 * 60_000;

/**
 * Brings one order to its one completed sale. The rows decide; this waits, and takes the steps in turn. A signal means
 * "look again". Ends when the order is exported, cancelled or settled; a later fact starts a new run, which finds so.
 */
export async function orderExport(input: OrderExportInput): Promise<void> {
  const { postSale } = proxyActivities<OrderExportActivities>({
    startToCloseTimeout: input.postDeadlineMs + postMarginMs,
    heartbeatTimeout: '15 s',
    retry: { maximumAttempts: 1 },
  });
  let dirty = true;
  let stage = '';
  let failures = 0;
  let isAged = false;
  setHandler(orderChanged, () => {
    dirty = true;
  });
  setHandler(renewal, () => {
    isAged = true;
    dirty = true;
  });
  const show = (now: string) => {
    if (now === stage) return;
    stage = now;
    upsertSearchAttributes([
      { key: stageKey, value: now },
      { key: attentionKey, value: now === 'attention' },
    ]);
  };
  for (;;) {
    if (isAged || workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished); // the signal that woke this counts as under way until the next turn
      await continueAsNew<typeof orderExport>(input);
    }
    dirty = false; // before the read: a signal that comes during it must cause another
    const step = await readNextExportStep(input);
    setCurrentDetails(step.details);
    switch (step.kind) {
      case 'again':
        break;
      case 'read-account':
        await readAccountFacts(input);
        break;
      case 'look-up':
        await lookUpSale(input);
        break;
      case 'create-tax-category':
        await createWebTaxCategory(input);
        break;
      case 'find-customer':
        await findOrderCustomer(input);
        break;
      case 'post':
        try {
          await postSale(input);
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
