import { hasUnknownManufacturers, writeManufacturers } from '../../db/inventory/write-manufacturers.ts';
import { normaliseBrand } from '../../domain/inventory/brand.ts';
import type { InventorySyncDeps } from './inventory-sync.ts';
import type { OfRun } from './pull-stream.ts';

/** Reads the till's manufacturers if an item bears one that isn't known yet: they are the brands that matching compares. */
export async function readManufacturers(
  { db, openTill }: Pick<InventorySyncDeps, 'db' | 'openTill'>,
  { tenant }: OfRun,
): Promise<void> {
  if (!(await hasUnknownManufacturers(db, tenant))) return;
  const rows = await (await openTill(tenant, 'bulk')).manufacturers();
  await writeManufacturers(
    db,
    tenant,
    rows.map(({ manufacturerId, name }) => ({ manufacturerId, name, brandKey: normaliseBrand(name) })),
  );
}
