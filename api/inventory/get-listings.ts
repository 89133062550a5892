import { z } from 'zod';
import { readListings } from '../../db/inventory/read-listings.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';
import { ListingBody, toListingBody } from './listing-body.ts';

export const getListingsEndpoint = endpoint({
  method: 'get',
  path: '/v1/tenants/:tenant/listings',
  roles: ['storefront', 'admin', 'operator'],
  summary: 'Read the feed of listings, from a version on',
  description:
    'Each listing in its latest state, in the order of versions, none left out; numbers may skip. Start with `after=0`, go ' +
    'on with `next`; an empty page means there is nothing newer.',
  params: TenantParams,
  query: z.strictObject({
    after: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(1_000).default(500),
  }),
  success: {
    status: 200,
    body: z
      .object({ listings: z.array(ListingBody), next: z.int().describe('Pass as `after`') })
      .meta({ id: 'ListingFeed' }),
  },
  async handle({ params, query }, { db }) {
    const listings = await readListings(db, params.tenant, query.after, query.limit);
    const next = listings.at(-1)?.version ?? query.after;
    return { body: { listings: listings.map(toListingBody), next }, headers: { etag: `"${next}"` } };
  },
});
