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

export const orderRefundWorkflow = 'orderRefund';
export const orderRefundWorkflowId = (tenant: string, orderId: string, refundId: string) =>
  `order-refund/${tenant}/${orderId}/${refundId}`;

/** As an export's, for one refund after it. */
export interface OrderRefundInput extends OrderExportInput {
  refundId: string;
}

/** Facts about the refund, or the sale that it takes back, have been committed: look again. */
export const refundChanged = defineSignal('refund-changed');

export const orderAuditWorkflow = 'orderAudit';
/** The Schedule, and what the runs are called that it starts. */
export const orderAuditScheduleId = (tenant: string) => `order-audit/${tenant}`;

export interface OrderAuditInput {
  tenant: string;
  trigger: 'schedule' | 'person';
}

/** What an audit's steps are called with. */
export interface AuditStep {
  tenant: string;
  auditId: string;
}
