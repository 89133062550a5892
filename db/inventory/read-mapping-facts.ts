import { sql } from 'drizzle-orm';
import type { MappingFacts } from '../../domain/inventory/why-nothing-maps.ts';
import type { Database, Transaction } from '../database.ts';

/** Of a catalogue of which something is mapped: nothing else about it is asked. */
const mapped: MappingFacts = {
  hasCatalog: true,
  isCompared: true,
  isAnyMapped: true,
  isAnyPriceless: false,
  isAnyPending: false,
  hasTillItems: true,
  hasTillKeys: true,
  hasWebKeys: true,
  isUserDemoted: false,
};

/** What tells why a catalogue maps to nothing (R22). */
export async function readMappingFacts(db: Database | Transaction, tenant: string): Promise<MappingFacts> {
  // Ordered, so that the index answers whatever the statistics say: this is asked at every decision.
  const [one] = await db.execute(sql`
    (select from mappings where tenant = ${tenant} and state = 'mapped' order by tenant, state limit 1)
    union all
    (select from mappings where tenant = ${tenant} and state = 'manual' order by tenant, state limit 1) limit 1`);
  if (one) return mapped;
  const [row] = await db.execute<Omit<MappingFacts, 'isAnyMapped'> & Record<string, unknown>>(sql`
    select exists (select from catalog_items where tenant = ${tenant}) as "hasCatalog",
      exists (select from mappings where tenant = ${tenant}) as "isCompared",
      exists (select from mappings where tenant = ${tenant} and state = 'missing-price') as "isAnyPriceless",
      exists (select from mappings where tenant = ${tenant} and state in ('pending', 'ambiguous')) as "isAnyPending",
      exists (select from pos_items where tenant = ${tenant} and not archived and retired_at is null) as "hasTillItems",
      exists (select from attention where tenant = ${tenant} and subject_kind = 'connection'
        and code = 'admin-right-gone' and resolved_at is null) as "isUserDemoted",
      exists (select from pos_items where tenant = ${tenant} and not archived and retired_at is null
        and coalesce(upc_key, ean_key, mpn_key) is not null) as "hasTillKeys",
      exists (select from catalog_items where tenant = ${tenant}
        and coalesce(gtin1_key, gtin2_key, mpn_key) is not null) as "hasWebKeys"`);
  return { ...row!, isAnyMapped: false };
}
