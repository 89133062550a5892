import type { Connection } from '@temporalio/client';

/** For how long the cluster keeps the histories of runs that have ended, in ms. */
export async function retentionMs(connection: Connection, namespace: string): Promise<number> {
  const { config } = await connection.workflowService.describeNamespace({ namespace });
  return Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) * 1_000;
}
