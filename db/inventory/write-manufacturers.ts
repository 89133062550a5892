import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../database.ts';
import type { RunClaim } from './claim-run.ts';
import { lockClaim } from './claim-run.ts';
import { touchSelected } from './touch.ts';

/**
 * Replaces what is known of the till's manufacturers. Ids that items bear and the till no longer lists get an empty
 * name, so that they don't count as unknown for ever. Items of a brand that is called otherwise are decided again, unless
 * everything will be.
 * @returns false, and nothing is written, if the claim is no longer held.
 */
export async function writeManufacturers(
  db: Database,
  claim: RunClaim,
  rows: { manufacturerId: string; name: string; brandKey: string | null }[],
  isAllDecidedAnew: boolean,
): Promise<boolean> {
  const { tenant } = claim;
  return db.transaction(async (tx) => {
    if (!(await lockClaim(tx, claim))) return false;
    const changed = await tx.execute<{ id: string }>(sql`
      insert into pos_manufacturers as stored (tenant, manufacturer_id, name, brand_key)
      select distinct on ("manufacturerId") ${tenant}, "manufacturerId", name, "brandKey"
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row("manufacturerId" text, name text, "brandKey" text)
      order by "manufacturerId"
      on conflict (tenant, manufacturer_id) do update set name = excluded.name, brand_key = excluded.brand_key
      where (stored.name, stored.brand_key) is distinct from (excluded.name, excluded.brand_key)
      returning manufacturer_id as id`);
    await tx.execute(sql`update pos_manufacturers set name = '' where tenant = ${tenant} and name is null`);
    if (changed.length === 0 || isAllDecidedAnew) return true;
    const ids = JSON.stringify(changed.map(({ id }) => id));
    const branded = sql`select item_id from pos_items
      where tenant = ${tenant} and manufacturer_id in (select jsonb_array_elements_text(${ids}::jsonb))`;
    await touchSelected(tx, tenant, 'till', branded);
    return true;
  });
}

/** Notes the manufacturers that items bear: names that aren't known yet are read next. */
export async function noteManufacturers(
  tx: Transaction,
  tenant: string,
  items: { manufacturerId: string }[],
): Promise<void> {
  const borne = [...new Set(items.map(({ manufacturerId }) => manufacturerId))].filter((id) => id !== '' && id !== '0');
  if (borne.length === 0) return;
  await tx.execute(sql`
    insert into pos_manufacturers (tenant, manufacturer_id)
    select ${tenant}, id from jsonb_array_elements_text(${JSON.stringify(borne.toSorted())}::jsonb) id
    on conflict do nothing`);
}

/** Whether an item bears a manufacturer whose name has not been read. */
export async function hasUnknownManufacturers(db: Database, tenant: string): Promise<boolean> {
  const [row] = await db.execute<{ unknown: boolean }>(sql`
    select exists (select from pos_manufacturers where tenant = ${tenant} and name is null) as unknown`);
  return row!.unknown;
}
