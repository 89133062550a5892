import { z } from 'zod';
import { removeCatalogItem } from '../../db/inventory/remove-catalog-item.ts';
import { Problem } from '../../domain/problem.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';
import { Sku } from './catalog-input.ts';

export const deleteCatalogItemEndpoint = endpoint({
  method: 'delete',
  path: '/v1/tenants/:tenant/catalog/items/:sku',
  roles: ['storefront'],
  summary: 'Take an item out of the catalogue',
  description: 'Its mapping goes with it, and its listing is marked as removed.',
  params: TenantParams.extend({ sku: Sku }),
  success: { status: 200, body: z.object({ sku: z.string() }).meta({ id: 'CatalogItemRemoved' }) },
  async handle({ params }, { db, wake }) {
    const owed = await removeCatalogItem(db, params.tenant, params.sku);
    if (owed === null) throw new Problem('not-found', `There is no catalogue item ${params.sku}`, { field: 'sku' });
    await wake(owed);
    return { body: { sku: params.sku } };
  },
});
