import { writePlacedSafetyStock } from '../../db/inventory/safety-stock.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';
import { PlacedSafetyStock } from './safety-stock-body.ts';

export const putSafetyStockEndpoint = endpoint({
  method: 'put',
  path: '/v1/tenants/:tenant/safety-stock',
  roles: ['admin'],
  summary: 'Set the units that are kept from the web shop, at every location and at single ones',
  description:
    'Kept units stay at each location, as far as they are there; the total is less by what is kept at all of them. The most specific number counts: that of the SKU, else of the location, else of all.',
  params: TenantParams,
  body: PlacedSafetyStock,
  success: { status: 200, body: PlacedSafetyStock },
  problems: ['unknown-location'],
  async handle({ params, body }, { db, wake }) {
    await wake(await writePlacedSafetyStock(db, params.tenant, body));
    return { body };
  },
});
