import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/client';
import { tenantRemovalWorkflowId } from '../workflows/messages/tenants.ts';

/**
 * Ends every open run of a tenant but its removal, without asking it: its rows are going, and no run leaves anything else
 * behind. The list of runs lags some seconds behind: look again after a while.
 * @param onEach is called now and then, so that a long list shows life.
 * @returns how many were ended.
 */
export async function endTenantRuns(client: Client, tenant: string, onEach: () => void): Promise<number> {
  let ended = 0;
  const query = `TenantId = "${tenant}" AND ExecutionStatus = "Running"`;
  for await (const { workflowId, runId } of client.workflow.list({ query })) {
    onEach();
    if (workflowId === tenantRemovalWorkflowId(tenant)) continue;
    try {
      await client.workflow.getHandle(workflowId, runId).terminate('The retailer is removed');
      ended += 1;
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error; // it has ended by itself
    }
  }
  return ended;
}
