import { endpoint } from '../http/endpoint.ts';
import { ProposalSettled, RunParams, settle } from './proposal-verdict.ts';

export const postRunApproveEndpoint = endpoint({
  method: 'post',
  path: '/v1/tenants/:tenant/sync/runs/:run/approve',
  roles: ['admin'],
  summary: 'Approve the changes that a run holds',
  description: 'Each is decided once more and goes out if it is still the same.',
  params: RunParams,
  success: { status: 202, body: ProposalSettled },
  problems: ['run-unknown', 'nothing-to-decide'],
  handle: ({ params }, parts) => settle(parts, params, 'approved'),
});
