import { defineSignal } from '@temporalio/workflow';

export const orderExportWorkflow = 'orderExport';
export const orderExportWorkflowId = (tenant: string, orderId: string) => `order-export/${tenant}/${orderId}`;

/** Durations in ms. `settleWindowMs`: how long an unknown outcome is left alone before a look-up may decide on it. */
export interface OrderExportInput {
  tenant: string;
  orderId: string;
  settleWindowMs: number;
  postDeadlineMs: number;
}

/** Facts about the order have been committed: look again. */
export const orderChanged = defineSignal('order-changed');
