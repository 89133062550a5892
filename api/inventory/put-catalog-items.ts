import { z } from 'zod';
import { upsertCatalog } from '../../db/inventory/upsert-catalog.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';
import type { CatalogItemBody } from './catalog-input.ts';
import { CatalogItems } from './catalog-input.ts';

export const putCatalogItemsEndpoint = endpoint({
  method: 'put',
  path: '/v1/tenants/:tenant/catalog/items',
  roles: ['storefront'],
  summary: 'Push catalogue items, up to 1,000 in a call',
  description:
    'New ones are added, known ones replaced. They are compared with the till and their listings decided at once.',
  params: TenantParams,
  body: CatalogItems,
  success: {
    status: 200,
    body: z.object({ received: z.int(), changed: z.int() }).meta({ id: 'CatalogPushed' }),
  },
  async handle({ params, body }, { db, wake }) {
    const { changed, owed } = await upsertCatalog(db, params.tenant, body.items.map(toItem));
    await wake(owed);
    return { body: { received: body.items.length, changed } };
  },
});

function toItem({ saleStart, saleEnd, brand, category, gtin1, gtin2, mpn, ...item }: CatalogItemBody) {
  return {
    ...item,
    brand: brand ?? null,
    category: category ?? null,
    gtin1: gtin1 ?? null,
    gtin2: gtin2 ?? null,
    mpn: mpn ?? null,
    sale: saleStart === undefined && saleEnd === undefined ? null : { start: saleStart ?? null, end: saleEnd ?? null },
  };
}
