import { z } from 'zod';
import { setSaleDates } from '../../db/inventory/set-sale-dates.ts';
import { Problem } from '../../domain/problem.ts';
import { endpoint } from '../http/endpoint.ts';
import { TenantParams } from '../tenants/tenant-body.ts';
import { SaleDate, Sku } from './catalog-input.ts';

const dates = { start: SaleDate.nullable().describe('Null: no sale'), end: SaleDate.nullable().default(null) };
const Name = z.string().trim().min(1).max(200);

export const postSaleDatesEndpoint = endpoint({
  method: 'post',
  path: '/v1/tenants/:tenant/catalog/sale-dates',
  roles: ['storefront', 'admin'],
  summary: 'Set the sale dates of many items at once',
  description:
    'For all of a brand, all of a category, or a list of SKUs: exactly one of the three. What of a list is not in the ' +
    'catalogue is named, and the rest is done.',
  params: TenantParams,
  body: z
    .union([
      z.strictObject({ brand: Name, ...dates }),
      z.strictObject({ category: Name, ...dates }),
      z.strictObject({ skus: z.array(Sku).min(1).max(10_000), ...dates }),
    ])
    .meta({ id: 'SaleDates' }),
  success: {
    status: 200,
    body: z
      .object({ items: z.int(), unknownSkus: z.array(z.string()).describe('Not in the catalogue') })
      .meta({ id: 'SaleDatesSet' }),
  },
  async handle({ params, body }, { db, wake }) {
    const { start, end, ...selection } = body;
    const { skus, owed } = await setSaleDates(db, params.tenant, selection, { start, end });
    if (skus.length === 0) {
      const [field = ''] = Object.keys(selection);
      throw new Problem('not-found', `${field}: no catalogue item is meant by it`, {
        field,
        remedy: 'Spell it as it was pushed',
      });
    }
    await wake(owed);
    const known = new Set(skus);
    const unknownSkus = 'skus' in selection ? selection.skus.filter((sku) => !known.has(sku)) : [];
    return { body: { items: skus.length, unknownSkus } };
  },
});
