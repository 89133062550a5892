import { hasUnknownManufacturers, writeManufacturers } from '../../db/inventory/write-manufacturers.ts';
import { normaliseBrand } from '../../domain/inventory/brand.ts';
import type { InventorySyncDeps } from './inventory-sync.ts';
import type { OfRun } from './pull-stream.ts';

/**
 * Reads the till's manufacturers, the brands that matching compares: if an item bears one that isn't known yet, or all of
 * them `anew`, as a name may have changed.
 */
export async function readManufacturers(
  { db, openTill }: Pick<InventorySyncDeps, 'db' | 'openTill'>,
  { tenant, anew = false }: OfRun & { anew?: boolean },
): Promise<void> {
  if (!anew && !(await hasUnknownManufacturers(db, tenant))) return;
  const rows = await (await openTill(tenant, 'bulk')).manufacturers();
  await writeManufacturers(
    db,
    tenant,
    rows.map(({ manufacturerId, name }) => ({ manufacturerId, name, brandKey: normaliseBrand(name) })),
  );
}
