import {
  CancellationScope,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  setCurrentDetails,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { OrderAuditActivities } from '../../activities/orders/order-audit.ts';
import { failureCode } from '../inventory/failure-code.ts';
import type { OrderAuditInput } from '../messages/orders.ts';
import { stage } from '../messages/stage.ts';

const rows = proxyLocalActivities<OrderAuditActivities>({ startToCloseTimeout: '60 s' });
/** Hours long on a busy till: a worker that dies is noticed by its heartbeat, and the next goes on at its page. */
const { readTillSales } = proxyActivities<OrderAuditActivities>({
  startToCloseTimeout: '4 hours',
  scheduleToCloseTimeout: '6 hours',
  heartbeatTimeout: '20 s',
  retry: { initialInterval: '1 s', maximumInterval: '2 minutes' },
});

/**
 * Compares the till's sales with the ledger, both ways, over a bounded window. It parks nothing itself: differences are
 * attention on their orders. The run's id is the audit's.
 */
export async function orderAudit({ tenant, trigger }: OrderAuditInput): Promise<void> {
  const step = { tenant, auditId: workflowInfo().runId };
  if (!(await rows.beginAudit({ ...step, trigger }))) {
    setCurrentDetails('Nothing to compare: no working connection, or nothing was ever exported');
    return;
  }
  let failure: string | null = null;
  try {
    await readTillSales(step);
    await rows.compareWithLedger(step);
  } catch (error) {
    failure = isCancellation(error) ? 'cancelled' : failureCode(error);
    const errorCode = failure;
    await CancellationScope.nonCancellable(() => rows.failAudit({ ...step, errorCode }));
  }
  upsertSearchAttributes([{ key: stage, value: failure === null ? 'succeeded' : 'failed' }]);
  setCurrentDetails(failure === null ? 'Compared.' : `Failed: ${failure}.`);
}
