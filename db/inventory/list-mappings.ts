import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { MappingCandidate, MappingState } from '../../domain/inventory/mapping-state.ts';
import type { Database } from '../database.ts';
import { catalogItems, mappings } from '../schema/inventory.ts';
import { catalogSearch } from './catalog-search.ts';

/** A candidate with what a person needs to decide on it; nulls once the POS item is gone. */
export interface ShownCandidate extends MappingCandidate {
  description: string | null;
  upc: string | null;
  ean: string | null;
  manufacturerSku: string | null;
}

/** Of an item that was pushed after listings were last decided. */
export const notComparedYet = 'Not compared with the till yet: this happens once the first full pull is complete.';

const state = sql<MappingState>`coalesce(${mappings.state}, 'unmatched')`;

const candidates = sql<ShownCandidate[]>`coalesce((
  select jsonb_agg(
    candidate || jsonb_build_object('description', i.description, 'upc', i.upc, 'ean', i.ean,
      'manufacturerSku', i.manufacturer_sku) order by place)
  from jsonb_array_elements(${mappings.candidates}) with ordinality as listed(candidate, place)
  left join pos_items i on i.tenant = ${mappings.tenant} and i.item_id = candidate ->> 'itemId'
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
      state,
      itemId: mappings.itemId,
      matchedBy: mappings.matchedBy,
      reason: sql<string>`coalesce(${mappings.reason}, ${notComparedYet})`,
      candidates,
      updatedAt: mappings.updatedAt,
    })
    .from(catalogItems)
    .leftJoin(mappings, and(eq(mappings.tenant, catalogItems.tenant), eq(mappings.sku, catalogItems.sku)))
    .where(
      and(
        eq(catalogItems.tenant, tenant),
        gt(catalogItems.sku, after),
        wanted.state === undefined ? undefined : eq(state, wanted.state),
        q === undefined ? undefined : catalogSearch(q),
      ),
    )
    .orderBy(asc(catalogItems.sku))
    .limit(limit);
}
