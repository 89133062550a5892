import { z } from 'zod';
import { listProposed } from '../../db/inventory/list-proposed.ts';
import { Problem } from '../../domain/problem.ts';
import { endpoint } from '../http/endpoint.ts';
import { RunParams } from './proposal-verdict.ts';

const price = z.string().nullable();
const shown = { displayed: z.boolean(), quantity: z.int(), price, salePrice: price };

const ProposedChange = z
  .object({
    sku: z.string(),
    kind: z
      .enum(['loss', 'price'])
      .describe('`loss`: it would be hidden or run empty; `price`: its price would move far'),
    from: z.object(shown),
    to: z.object({ ...shown, removed: z.boolean(), reason: z.string() }),
  })
  .meta({ id: 'ProposedChange' });

export const getRunProposalEndpoint = endpoint({
  method: 'get',
  path: '/v1/tenants/:tenant/sync/runs/:run/proposal',
  roles: ['admin', 'operator'],
  summary: 'Read the changes that a run holds for approval, by SKU',
  params: RunParams,
  query: z.strictObject({
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(1_000).default(100),
  }),
  success: {
    status: 200,
    body: z
      .object({
        baseVersion: z.int().describe("The feed's version that the changes were held back from"),
        heldAt: z.iso.datetime(),
        changes: z.array(ProposedChange),
        next: z.string().nullable().describe('Pass as `cursor`'),
      })
      .meta({ id: 'Proposal' }),
  },
  async handle({ params, query: { cursor, limit } }, { db }) {
    const found = await listProposed(db, params.tenant, params.run, { after: cursor ?? '', limit });
    if (!found) throw new Problem('not-found', 'This run holds no changes, or no longer');
    const { rows: changes, baseVersion, heldAt } = found;
    const next = changes.length === limit ? (changes.at(-1)?.sku ?? null) : null;
    return { body: { baseVersion, heldAt: heldAt.toISOString(), changes, next } };
  },
});
