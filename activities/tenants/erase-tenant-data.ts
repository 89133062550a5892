import { heartbeat } from '@temporalio/activity';
import type { Database } from '../../db/database.ts';
import { eraseBatch, listTenantTables } from '../../db/tenants/erase-tenant.ts';
import { noteRemoval } from '../../db/tenants/tenant-removal.ts';

/** Then the workflow takes over: its history shows that it goes on. */
const roundMs = 20_000;

/**
 * Empties the tenant's tables batch by batch, so that no lock is held for long however much there is.
 * @returns whether all of them are empty; else time was up.
 */
export async function eraseTenantData(db: Database, tenant: string): Promise<boolean> {
  const until = Date.now() + roundMs;
  for (const table of await listTenantTables(db)) {
    for (let isEmpty = false; !isEmpty; ) {
      if (Date.now() > until) return false;
      heartbeat();
      const batch = await eraseBatch(db, tenant, table);
      isEmpty = batch.isEmpty;
      await noteRemoval(db, tenant, { rowsErased: batch.erased });
    }
  }
  return true;
}
