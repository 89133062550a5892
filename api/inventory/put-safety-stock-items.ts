import { z } from 'zod';
import { writeSkuSafetyStock } from '../../db/inventory/safety-stock.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';
import { Sku } from './catalog-input.ts';
import { Units } from './safety-stock-body.ts';

const items = z
  .array(z.strictObject({ sku: Sku, units: Units.nullable().describe('Null: what holds for the location') }))
  .min(1)
  .max(1_000)
  .refine((list) => new Set(list.map(({ sku }) => sku)).size === list.length, 'Each sku only once');
const SkuSafetyStock = z.strictObject({ items }).meta({ id: 'SkuSafetyStock' });

export const putSafetyStockItemsEndpoint = endpoint({
  method: 'put',
  path: '/v1/tenants/:tenant/safety-stock/items',
  roles: ['admin'],
  summary: 'Set the units of single SKUs that are kept from the web shop at each location',
  params: TenantParams,
  body: SkuSafetyStock,
  success: { status: 200, body: SkuSafetyStock },
  problems: ['unknown-sku'],
  async handle({ params, body }, { db, wake }) {
    await wake(await writeSkuSafetyStock(db, params.tenant, body.items));
    return { body };
  },
});
