import type { OrderRefundInput } from '../../workflows/messages/orders.ts';
import { lookUpRefund } from './look-up-refund.ts';
import type { OrderExportDeps } from './order-export.ts';
import { postRefund } from './post-refund.ts';
import { readNextRefundStep } from './read-next-refund-step.ts';

/** The steps of a refund after the export. `readNextRefundStep` is a local activity; the others call the till. */
export function createOrderRefundActivities(deps: OrderExportDeps) {
  return {
    readNextRefundStep: (input: OrderRefundInput) => readNextRefundStep(deps, input),
    lookUpRefund: (input: OrderRefundInput) => lookUpRefund(deps, input),
    postRefund: (input: OrderRefundInput) => postRefund(deps, input),
  };
}

export type OrderRefundActivities = ReturnType<typeof createOrderRefundActivities>;
