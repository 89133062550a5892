import { endpoint } from '../http/endpoint.ts';
import { ProposalSettled, RunParams, settle } from './proposal-verdict.ts';

export const postRunRejectEndpoint = endpoint({
  method: 'post',
  path: '/v1/tenants/:tenant/sync/runs/:run/reject',
  roles: ['admin'],
  summary: 'Reject the changes that a run holds',
  description: 'Listings stay as they are until the till says something else about them.',
  params: RunParams,
  success: { status: 202, body: ProposalSettled },
  problems: ['run-unknown', 'nothing-to-decide'],
  handle: ({ params }, parts) => settle(parts, params, 'rejected'),
});
