import { and, asc, eq, gt, isNull, or, sql } from 'drizzle-orm';
import type { MappingCandidate, MappingState } from '../../domain/inventory/mapping-state.ts';
import type { Database } from '../database.ts';
import { catalogItems, mappings } from '../schema/inventory.ts';
import { catalogSearch } from './catalog-search.ts';

/** A candidate with what a person needs to decide on it; nulls once the POS item is gone. */
export interface ShownCandidate extends MappingCandidate {
  /** The System ID, as Lightspeed shows it. */
  systemSku: string | null;
  description: string | null;
  upc: string | null;
  ean: string | null;
  manufacturerSku: string | null;
}

/** What a person said about a POS item and this catalogue item (R20); `undo` takes it back. */
export interface ShownDecision {
  itemId: string;
  decision: 'accepted' | 'rejected';
  decidedAt: string;
}

/** Of an item that was pushed after listings were last decided. */
export const notComparedYet = 'Not compared with the till yet: this happens once the first full pull is complete.';

const state = sql<MappingState>`coalesce(${mappings.state}, 'unmatched')`;

const candidates = sql<ShownCandidate[]>`coalesce((
  select jsonb_agg(
    candidate || jsonb_build_object('systemSku', i.system_sku, 'description', i.description, 'upc', i.upc,
      'ean', i.ean, 'manufacturerSku', i.manufacturer_sku) order by place)
  from jsonb_array_elements(${mappings.candidates}) with ordinality as listed(candidate, place)
  left join pos_items i on i.tenant = ${mappings.tenant} and i.item_id = candidate ->> 'itemId'
), '[]')`;

const decisions = sql<ShownDecision[]>`coalesce((
  select jsonb_agg(jsonb_build_object('itemId', d.item_id, 'decision', d.decision,
    'decidedAt', to_char(d.decided_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by d.decided_at, d.item_id)
  from mapping_decisions d where d.tenant = ${catalogItems.tenant} and d.sku = ${catalogItems.sku}
), '[]')`;

/** Every catalogue item with its mapping, in the order of SKUs, from the one after `after` (R21). */
export async function listMappings(
  db: Database,
  tenant: string,
  wanted: { state: MappingState | undefined; q: string | undefined; after: string; limit: number },
) {
  const { q, after, limit } = wanted;
  return db
    .select({
      sku: catalogItems.sku,
      description: catalogItems.description,
      brand: catalogItems.brand,
      gtin1: catalogItems.gtin1,
      gtin2: catalogItems.gtin2,
      mpn: catalogItems.mpn,
      state,
      itemId: mappings.itemId,
      matchedBy: mappings.matchedBy,
      reason: sql<string>`coalesce(${mappings.reason}, ${notComparedYet})`,
      candidates,
      decisions,
      updatedAt: mappings.updatedAt,
    })
    .from(catalogItems)
    .leftJoin(mappings, and(eq(mappings.tenant, catalogItems.tenant), eq(mappings.sku, catalogItems.sku)))
    .where(
      and(
        eq(catalogItems.tenant, tenant),
        gt(catalogItems.sku, after),
        wanted.state === undefined ? undefined : isIn(wanted.state, after),
        q === undefined ? undefined : catalogSearch(q),
      ),
    )
    .orderBy(asc(catalogItems.sku))
    .limit(limit);
}

/** By the state's own column, so that its index, in the order of SKUs, is read and not every mapping. */
function isIn(wanted: MappingState, after: string) {
  if (wanted === 'unmatched') return or(eq(mappings.state, wanted), isNull(mappings.state));
  return and(eq(mappings.state, wanted), gt(mappings.sku, after));
}
