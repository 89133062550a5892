export const tenantRemovalWorkflow = 'tenantRemoval';
export const tenantRemovalWorkflowId = (tenant: string) => `tenant-removal/${tenant}`;

/** `settleMs`: how long requests that came before the removal may still be under way. */
export interface TenantRemovalInput {
  tenant: string;
  settleMs: number;
}
