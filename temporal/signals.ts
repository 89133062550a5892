import type { Client } from '@temporalio/client';
import { TypedSearchAttributes, WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@temporalio/common';
import { boundaryChanged, saleBoundaryWorkflow, saleBoundaryWorkflowId } from '../workflows/messages/inventory.ts';
import { notifyWorkflow, notifyWorkflowId, outboxChanged } from '../workflows/messages/notify.ts';
import type { OrderExportInput, OrderRefundInput } from '../workflows/messages/orders.ts';
import {
  orderChanged,
  orderExportWorkflow,
  orderExportWorkflowId,
  orderRefundWorkflow,
  orderRefundWorkflowId,
  refundChanged,
} from '../workflows/messages/orders.ts';
import type { ConnectionHealthInput } from '../workflows/messages/setup.ts';
import { connectionHealthWorkflow, connectionHealthWorkflowId } from '../workflows/messages/setup.ts';
import { needsAttention, tenantId } from './search-attributes.ts';
import type { TaskQueues } from './task-queues.ts';

/** Durations in ms that a started workflow is given. */
export interface OrderTimings {
  settleWindowMs: number;
  postDeadlineMs: number;
}

export type Signals = ReturnType<typeof createSignals>;

/**
 * Starts or signals the workflow that must look at rows already committed. Safe to repeat: a signal only means
 * "look again". The caller clears the row in `wake_ups` afterwards; the sweep repeats what was not cleared.
 */
export function createSignals(client: Client, queues: TaskQueues, timings: OrderTimings) {
  const attributes = (tenant: string) =>
    new TypedSearchAttributes([
      { key: tenantId, value: tenant },
      { key: needsAttention, value: false },
    ]);
  return {
    async orderExport(tenant: string, orderId: string): Promise<void> {
      const input: OrderExportInput = { tenant, orderId, ...timings };
      await client.workflow.signalWithStart(orderExportWorkflow, {
        workflowId: orderExportWorkflowId(tenant, orderId),
        taskQueue: queues.interactive,
        workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
        args: [input],
        signal: orderChanged,
        typedSearchAttributes: attributes(tenant),
        staticSummary: `Order ${orderId} of ${tenant}: one completed sale in the till`,
      });
    },
    async orderRefund(tenant: string, orderId: string, refundId: string): Promise<void> {
      const input: OrderRefundInput = { tenant, orderId, refundId, ...timings };
      await client.workflow.signalWithStart(orderRefundWorkflow, {
        workflowId: orderRefundWorkflowId(tenant, orderId, refundId),
        taskQueue: queues.interactive,
        workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
        args: [input],
        signal: refundChanged,
        typedSearchAttributes: attributes(tenant),
        staticSummary: `Refund ${refundId} of order ${orderId} of ${tenant}: one refund sale in the till`,
      });
    },
    async notify(tenant: string): Promise<void> {
      await client.workflow.signalWithStart(notifyWorkflow, {
        workflowId: notifyWorkflowId(tenant),
        taskQueue: queues.interactive,
        workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
        args: [{ tenant }],
        signal: outboxChanged,
        typedSearchAttributes: attributes(tenant),
        staticSummary: `Events of ${tenant} to its storefront`,
      });
    },
    /** Begins a look at the tenant's connection, unless one is under way. */
    async connectionHealth(tenant: string): Promise<void> {
      const input: ConnectionHealthInput = { tenant };
      await client.workflow.start(connectionHealthWorkflow, {
        workflowId: connectionHealthWorkflowId(tenant),
        taskQueue: queues.interactive,
        workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
        workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
        args: [input],
        typedSearchAttributes: attributes(tenant),
        staticSummary: `Whether the connection of ${tenant} still holds`,
      });
    },
    async saleBoundary(tenant: string): Promise<void> {
      await client.workflow.signalWithStart(saleBoundaryWorkflow, {
        workflowId: saleBoundaryWorkflowId(tenant),
        taskQueue: queues.interactive,
        workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
        args: [{ tenant }],
        signal: boundaryChanged,
        typedSearchAttributes: attributes(tenant),
        staticSummary: `The next sale of ${tenant} to begin or end`,
      });
    },
  };
}
