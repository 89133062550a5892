import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { catalogItems } from '../../db/schema/inventory.ts';
import { platformKey, test } from '../stack-test.ts';
import { callApi } from './call-api.ts';

test('a retailer that moves to another time zone has its sales on the same days there (R13)', async ({ app, db }) => {
  const put = (timeZone: string) =>
    callApi(app.url, 'PUT', '/v1/tenants/mover', {
      key: platformKey,
      body: { name: 'Mover', timeZone, currency: 'USD' },
    });
  await put('America/New_York');
  const item = { tenant: 'mover', description: 'Tyre' };
  await db.insert(catalogItems).values([
    { ...item, sku: 'days', saleStart: '2026-12-01', saleEnd: '2026-12-24' },
    { ...item, sku: 'moment', saleStart: '2026-12-01T10:00:00Z' },
    { ...item, sku: 'none' },
  ]);
  await put('Europe/Berlin');
  const rows = await db.select().from(catalogItems).where(eq(catalogItems.tenant, 'mover')).orderBy(catalogItems.sku);
  expect(
    rows.map(({ sku, saleStartsAt, saleEndsAt }) => [sku, saleStartsAt?.toISOString(), saleEndsAt?.toISOString()]),
  ).toEqual([
    ['days', '2026-11-30T23:00:00.000Z', '2026-12-24T23:00:00.000Z'],
    ['moment', '2026-12-01T10:00:00.000Z', undefined],
    ['none', undefined, undefined],
  ]);
});
