import { z } from 'zod';
import { settleProposal } from '../../db/inventory/settle-proposal.ts';
import type { ApiParts } from '../http/api-parts.ts';
import { TenantParams } from '../tenants/tenant-body.ts';

export const RunParams = TenantParams.extend({ run: z.uuid() });
export const ProposalSettled = z.object({ changes: z.int() }).meta({ id: 'ProposalSettled' });

/** Takes an admin's word on what a run holds, and has it decided at once. */
export async function settle(
  { db, wake }: Pick<ApiParts, 'db' | 'wake'>,
  { tenant, run }: z.infer<typeof RunParams>,
  verdict: 'approved' | 'rejected',
) {
  const { changes, owed } = await settleProposal(db, tenant, run, verdict);
  await wake(owed);
  return { body: { changes } };
}
