import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import type { RunClaim } from './claim-run.ts';
import { lockClaim } from './claim-run.ts';

/**
 * Replaces what is known of the till's manufacturers. Ids that items bear and the till no longer lists get an empty
 * name, so that they don't count as unknown for ever.
 * @returns false, and nothing is written, if the claim is no longer held.
 */
export async function writeManufacturers(
  db: Database,
  claim: RunClaim,
  rows: { manufacturerId: string; name: string; brandKey: string | null }[],
): Promise<boolean> {
  const { tenant } = claim;
  return db.transaction(async (tx) => {
    if (!(await lockClaim(tx, claim))) return false;
    await tx.execute(sql`
      insert into pos_manufacturers as stored (tenant, manufacturer_id, name, brand_key)
      select distinct on ("manufacturerId") ${tenant}, "manufacturerId", name, "brandKey"
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row("manufacturerId" text, name text, "brandKey" text)
      order by "manufacturerId"
      on conflict (tenant, manufacturer_id) do update set name = excluded.name, brand_key = excluded.brand_key
      where stored.name <> excluded.name or stored.brand_key is distinct from excluded.brand_key`);
    await tx.execute(sql`
      insert into pos_manufacturers (tenant, manufacturer_id, name)
      select distinct tenant, manufacturer_id, '' from pos_items where tenant = ${tenant}
      order by manufacturer_id
      on conflict do nothing`);
    return true;
  });
}

/** Whether an item bears a manufacturer whose name has not been read. */
export async function hasUnknownManufacturers(db: Database, tenant: string): Promise<boolean> {
  const [row] = await db.execute<{ unknown: boolean }>(sql`
    select exists (
      select from pos_items i
      where i.tenant = ${tenant} and i.manufacturer_id not in ('', '0') and not exists (
        select from pos_manufacturers m where m.tenant = i.tenant and m.manufacturer_id = i.manufacturer_id)
    ) as unknown`);
  return row!.unknown;
}
