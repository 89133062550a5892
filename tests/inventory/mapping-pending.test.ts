import { and, asc, eq, sql } from 'drizzle-orm';
import { expect } from 'vitest';
import type { Database } from '../../db/database.ts';
import { catalogSearch } from '../../db/inventory/catalog-search.ts';
import { decideListings } from '../../db/inventory/decide-listings.ts';
import { catalogItems } from '../../db/schema/inventory.ts';
import { outbox } from '../../db/schema/notify.ts';
import { tenants } from '../../db/schema/tenants.ts';
import { test } from '../stack-test.ts';
import { arrangeTenant, stockTill, stockWeb } from './arrange-tenant.ts';

const badUpc = '012345678904';

test('R20: mapping.pending tells of possible matches once, of new ones at most once a day, and of nothing else', async ({
  db,
}) => {
  const tenant = await arrangeTenant(db);
  const told = async () => {
    await decideListings(db, tenant, 1_000);
    const events = await db
      .select({ data: outbox.data })
      .from(outbox)
      .where(and(eq(outbox.tenant, tenant), eq(outbox.type, 'mapping.pending')))
      .orderBy(asc(outbox.number));
    return events.map(({ data }) => data);
  };
  const first = { pending: 1, ambiguous: 1, new: 2 };
  await stockTill(db, tenant, [
    { itemId: '1', upc: badUpc },
    { itemId: '2', mpn: 'X1', brand: 'Fox' },
    { itemId: '3', upc: '96385074' },
    { itemId: '4', upc: '96385074' },
  ]);
  expect(await told()).toEqual([]);
  const web = [
    { sku: 'A', gtin1: badUpc },
    { sku: 'B', gtin1: '96385074' },
  ];
  await stockWeb(db, tenant, web);
  expect(await told()).toEqual([first]);
  expect(await told()).toEqual([first]);
  const more = [...web, { sku: 'C', mpn: 'X1', brand: 'Giro' }];
  await stockWeb(db, tenant, more);
  expect(await told()).toEqual([first]);
  await passDay(db, tenant);
  expect(await told()).toEqual([first, { pending: 2, ambiguous: 1, new: 1 }]);
  await passDay(db, tenant);
  expect(await told()).toHaveLength(2);
  await stockWeb(db, tenant, [{ sku: 'A', gtin1: '4006381333931' }, ...more.slice(1)]);
  expect(await told()).toHaveLength(2);
  await stockWeb(db, tenant, more);
  expect(await told()).toHaveLength(3);
});

test('R21: a search among many items is answered by indexes, not by reading them all', async ({ db }) => {
  const tenant = await arrangeTenant(db);
  await db.execute(sql`
    insert into catalog_items (tenant, sku, description, brand, mpn, mpn_key)
    select ${tenant}, 'SKU-' || n, 'Saddle model ' || n * 7919, 'Brand ' || n % 9, 'M-' || n, 'M' || n
    from generate_series(1, 5000) n`);
  await db.execute(sql`analyze catalog_items`);
  const found = db
    .select({ sku: catalogItems.sku })
    .from(catalogItems)
    .where(and(eq(catalogItems.tenant, tenant), catalogSearch(badUpc)));
  const plan = await db.execute<{ 'QUERY PLAN': string }>(sql`explain ${found.getSQL()}`);
  const text = plan.map((line) => line['QUERY PLAN']).join('\n');
  for (const index of ['search', 'gtin1_raw', 'gtin2_raw', 'mpn']) expect(text).toContain(`catalog_items_${index}`);
});

async function passDay(db: Database, tenant: string): Promise<void> {
  const yesterday = sql`${tenants.pendingToldAt} - interval '24 hours'`;
  await db.update(tenants).set({ pendingToldAt: yesterday }).where(eq(tenants.tenant, tenant));
}
