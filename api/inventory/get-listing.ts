import { z } from 'zod';
import { findListing } from '../../db/inventory/find-listing.ts';
import { listingReasonWords } from '../../domain/inventory/listing-reason.ts';
import { Problem } from '../../domain/problem.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';
import { Sku } from './catalog-input.ts';
import { ListingBody, toListingBody } from './listing-body.ts';

export const getListingEndpoint = endpoint({
  method: 'get',
  path: '/v1/tenants/:tenant/listings/:sku',
  roles: ['storefront', 'admin', 'operator'],
  summary: 'Read one listing, with the reasons',
  params: TenantParams.extend({ sku: Sku }),
  success: {
    status: 200,
    body: ListingBody.extend({
      reasonText: z.string(),
      mapping: z.object({ state: z.string(), matchedBy: z.string().nullable(), reason: z.string() }).nullable(),
    }).meta({ id: 'ListingDetail' }),
  },
  async handle({ params }, { db }) {
    const found = await findListing(db, params.tenant, params.sku);
    if (!found?.listing) {
      throw new Problem(
        'not-found',
        `There is no listing of ${params.sku}${found?.mapping ? `: ${found.mapping.reason}` : ''}`,
      );
    }
    const { listing, mapping } = found;
    return { body: { ...toListingBody(listing), reasonText: listingReasonWords[listing.reason], mapping } };
  },
});
