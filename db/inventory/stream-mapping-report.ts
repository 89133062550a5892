import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { notComparedYet } from './list-mappings.ts';
import { posItemReasons } from './pos-item-reason.ts';

/** One row of the report: a catalogue item, or (`sku` null) a POS item that no catalogue item is mapped to. */
export interface MappingReportRow {
  sku: string | null;
  description: string;
  brand: string | null;
  gtin1: string | null;
  gtin2: string | null;
  mpn: string | null;
  state: string;
  reason: string;
  itemId: string | null;
  posDescription: string | null;
  upc: string | null;
  ean: string | null;
  manufacturerSku: string | null;
  /** The System ID of the POS item, as Lightspeed shows it. */
  systemSku: string | null;
  /** The System IDs and texts of POS items that may be meant, while a person is to decide. */
  candidates: string | null;
}

const batch = 1_000;

/** Every catalogue item in the order of SKUs, then every unmapped POS item (R21), a batch at a time: memory stays flat. */
export async function* streamMappingReport(db: Database, tenant: string): AsyncGenerator<MappingReportRow> {
  for (let after = ''; ; ) {
    const rows = await catalogRows(db, tenant, after);
    yield* rows;
    if (rows.length < batch) break;
    after = rows.at(-1)!.sku!;
  }
  for (let after = ''; ; ) {
    const rows = await unmappedRows(db, tenant, after);
    yield* rows;
    if (rows.length < batch) return;
    after = rows.at(-1)!.itemId!;
  }
}

async function catalogRows(db: Database, tenant: string, after: string): Promise<MappingReportRow[]> {
  return db.execute<MappingReportRow & Record<string, unknown>>(sql`
    select c.sku, c.description, c.brand, c.gtin1, c.gtin2, c.mpn, coalesce(m.state, 'unmatched') as state,
      coalesce(m.reason, ${notComparedYet}) as reason, i.item_id as "itemId", i.description as "posDescription", i.upc, i.ean,
      i.manufacturer_sku as "manufacturerSku", i.system_sku as "systemSku", possible.texts as candidates
    from catalog_items c
    left join mappings m on m.tenant = c.tenant and m.sku = c.sku
    left join pos_items i on i.tenant = m.tenant and i.item_id = m.item_id
    left join lateral (
      select string_agg(p.system_sku || ' ' || p.description, '; ' order by candidate."itemId") as texts
      from jsonb_to_recordset(m.candidates) as candidate("itemId" text)
      join pos_items p on p.tenant = c.tenant and p.item_id = candidate."itemId"
    ) possible on m.candidates <> '[]'
    where c.tenant = ${tenant} and c.sku > ${after} order by c.sku limit ${batch}`);
}

async function unmappedRows(db: Database, tenant: string, after: string): Promise<MappingReportRow[]> {
  const items = sql`
    select i.item_id from pos_items i
    where i.tenant = ${tenant} and not i.archived and i.retired_at is null and i.item_id > ${after}
      and not exists (select from mappings m where m.tenant = i.tenant and m.item_id = i.item_id)
    order by i.item_id limit ${batch}`;
  return db.execute<MappingReportRow & Record<string, unknown>>(sql`
    select null as sku, '' as description, b.name as brand, null as gtin1, null as gtin2, null as mpn, why.state, why.reason,
      i.item_id as "itemId", i.description as "posDescription", i.upc, i.ean, i.manufacturer_sku as "manufacturerSku",
      i.system_sku as "systemSku", null as candidates
    from (${posItemReasons(tenant, items)}) why
    join pos_items i on i.tenant = ${tenant} and i.item_id = why.item_id
    left join pos_manufacturers b on b.tenant = i.tenant and b.manufacturer_id = i.manufacturer_id
    order by i.item_id`);
}
