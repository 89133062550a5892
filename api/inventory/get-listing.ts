import { z } from 'zod';
import { findListing } from '../../db/inventory/find-listing.ts';
import type { ListingReason } from '../../domain/inventory/listing-reason.ts';
import { Problem } from '../../domain/problem.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';
import { Sku } from './catalog-input.ts';
import { ListingBody, toListingBody } from './listing-body.ts';

const words: Record<ListingReason, string> = {
  'on-hand': 'Shown: it is on hand in a mapped shop.',
  'on-order': 'Shown: it is on order for a mapped shop.',
  reorder: 'Shown: a mapped shop has a reorder point or a maximum stock level for it.',
  'no-import-setting-holds': 'Hidden: none of the import settings that are on holds for it.',
  'no-price': 'Hidden: the POS item has no price at the regular price level.',
  archived: 'Hidden: the POS item is archived or gone in Lightspeed.',
  'not-in-mapped-shops': 'Hidden: no mapped shop has stock of it.',
  unmapped: 'Left as the storefront has it: it is not mapped to a POS item.',
};

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
    return { body: { ...toListingBody(listing), reasonText: words[listing.reason], mapping } };
  },
});
