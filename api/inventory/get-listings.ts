import { z } from 'zod';
import { readFeedPage } from '../../db/inventory/read-feed-page.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';
import { ListingBody } from './listing-body.ts';

export const getListingsEndpoint = endpoint({
  method: 'get',
  path: '/v1/tenants/:tenant/listings',
  roles: ['storefront', 'admin', 'operator'],
  summary: 'Read the feed of listings, from a version on',
  description:
    'Each listing in its latest state, in the order of versions, none left out; numbers may skip. Start with `after=0`, go ' +
    'on with `next`; an empty page means there is nothing newer. Answered 304 to an `If-None-Match` with the `ETag` of the ' +
    'same page.',
  params: TenantParams,
  query: z.strictObject({
    after: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(1_000).default(1_000),
  }),
  success: {
    status: 200,
    body: z
      .object({ listings: z.array(ListingBody), next: z.int().describe('Pass as `after`') })
      .meta({ id: 'ListingFeed' }),
  },
  async handle({ params, query }, { db }) {
    const { listings, last } = await readFeedPage(db, params.tenant, query.after, query.limit);
    const next = last ?? query.after;
    // Versions only grow, and every change takes a new one: a page that ends where it ended before is the same page.
    const headers = { etag: `W/"${next}"`, 'cache-control': 'private, no-cache' };
    return { json: `{"listings":[${listings}],"next":${next}}`, headers };
  },
});
