import type { Client } from '@temporalio/client';
import { TypedSearchAttributes, WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@temporalio/common';
import type { TenantRemovalInput } from '../workflows/messages/tenants.ts';
import { tenantRemovalWorkflow, tenantRemovalWorkflowId } from '../workflows/messages/tenants.ts';
import { needsAttention, tenantId } from './search-attributes.ts';
import type { TaskQueues } from './task-queues.ts';

/** Begins the removal of a tenant whose row says so, unless it is under way. */
export type StartTenantRemoval = (tenant: string) => Promise<void>;

/** @param settleMs how long a request that came before the removal may still be under way. */
export function createStartTenantRemoval(client: Client, queues: TaskQueues, settleMs: number): StartTenantRemoval {
  return async (tenant) => {
    const input: TenantRemovalInput = { tenant, settleMs };
    await client.workflow.start(tenantRemovalWorkflow, {
      workflowId: tenantRemovalWorkflowId(tenant),
      taskQueue: queues.interactive,
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
      args: [input],
      typedSearchAttributes: new TypedSearchAttributes([
        { key: tenantId, value: tenant },
        { key: needsAttention, value: false },
      ]),
      staticSummary: `Erases ${tenant}`,
    });
  };
}
