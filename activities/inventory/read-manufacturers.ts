import { claimRun } from '../../db/inventory/claim-run.ts';
import { hasUnknownManufacturers, writeManufacturers } from '../../db/inventory/write-manufacturers.ts';
import { normaliseBrand } from '../../domain/inventory/brand.ts';
import type { InventorySyncDeps } from './inventory-sync.ts';
import type { OfRun } from './pull-stream.ts';
import { runOver } from './pull-stream.ts';

/**
 * Reads the till's manufacturers, the brands that matching compares: if an item bears one that isn't known yet, or all of
 * them `anew` in a full pull, as a name may have changed.
 */
export async function readManufacturers(
  { db, openTill }: Pick<InventorySyncDeps, 'db' | 'openTill'>,
  { tenant, runId, anew = false }: OfRun & { anew?: boolean },
): Promise<void> {
  if (!anew && !(await hasUnknownManufacturers(db, tenant))) return;
  const claim = await claimRun(db, tenant, runId);
  if (!claim) throw runOver();
  const manufacturers = await (await openTill(tenant, 'bulk')).manufacturers();
  const rows = manufacturers.map(({ manufacturerId, name }) => {
    return { manufacturerId, name, brandKey: normaliseBrand(name) };
  });
  if (!(await writeManufacturers(db, claim, rows, anew))) throw runOver();
}
