import { sql } from 'drizzle-orm';
import type { Transaction } from '../database.ts';
import type { DecideScope } from './decide-scope.ts';
import { inScope } from './decide-scope.ts';
import { planForSets } from './plan-for-sets.ts';

/**
 * Matches every catalogue item in scope with the till's items, or says in plain words why not (R16–R20). Order of
 * arrival plays no part. In turn, the first that applies decides:
 *
 * 1. A person's yes, whatever the codes say; of two about a SKU or an item the later. Such an item is nobody else's
 *    candidate; a person's no removes the pair.
 * 2. Equal valid codes, each field against each: one item wanted by one catalogue item is mapped, unless MPN and brand
 *    both contradict (pending); two on either side are ambiguous, with every candidate.
 * 3. Equal strings that are no valid codes: pending.
 * 4. Equal MPNs: mapped if one on each side, the POS item bears no code and the brands don't contradict; else pending.
 * 5. Nothing live: a mapping made before stays with its item if that was archived or is gone from the till, as long as
 *    they share a key.
 *
 * Only rows that say something new are written. @returns how many.
 */
export async function matchCatalog(tx: Transaction, tenant: string, scope: DecideScope): Promise<number> {
  await planForSets(tx, scope);
  await tx.execute(sql`
    delete from mappings m where m.tenant = ${tenant} ${inScope.sku(scope, sql`m.sku`)}
      and not exists (select from catalog_items c
        where c.tenant = m.tenant and c.sku = m.sku ${inScope.sku(scope, sql`c.sku`)})`);
  const written = await tx.execute(sql`
    with yes as materialized (
      select d.sku, d.item_id, i.archived or i.retired_at is not null as is_gone,
        row_number() over (order by d.decided_at, d.sku, d.item_id) as turn
      from mapping_decisions d
      join catalog_items c on c.tenant = d.tenant and c.sku = d.sku ${inScope.sku(scope, sql`c.sku`)}
      join pos_items i on i.tenant = d.tenant and i.item_id = d.item_id ${inScope.item(scope, sql`i.item_id`)}
      where d.tenant = ${tenant} and d.decision = 'accepted' ${inScope.sku(scope, sql`d.sku`)}
    ), accepted as materialized (
      select sku, item_id, is_gone from yes where not exists (
        select from yes later where later.turn > yes.turn and (later.sku = yes.sku or later.item_id = yes.item_id))
    ), till as materialized (
      select i.item_id, i.upc_key, i.ean_key, i.upc_raw, i.ean_raw, i.mpn_key, b.brand_key,
        coalesce(i.upc_key, i.ean_key, i.upc_raw, i.ean_raw) is not null as has_code
      from pos_items i
      left join pos_manufacturers b on b.tenant = i.tenant and b.manufacturer_id = i.manufacturer_id
      where i.tenant = ${tenant} and not i.archived and i.retired_at is null ${inScope.item(scope, sql`i.item_id`)}
        and not exists (select from accepted a where a.item_id = i.item_id)
    ), web as materialized (
      select sku, gtin1_key, gtin2_key, gtin1_raw, gtin2_raw, mpn_key, brand_key from catalog_items c
      where tenant = ${tenant} ${inScope.sku(scope, sql`c.sku`)}
        and not exists (select from accepted a where a.sku = c.sku)
    ), code_pairs as materialized (
      select sku, item_id, min(rank) as rank from (
        select w.sku, t.item_id, 1 as rank from web w join till t on t.upc_key = w.gtin1_key
        union all select w.sku, t.item_id, 2 from web w join till t on t.ean_key = w.gtin2_key
        union all select w.sku, t.item_id, 3 from web w join till t on t.ean_key = w.gtin1_key
        union all select w.sku, t.item_id, 4 from web w join till t on t.upc_key = w.gtin2_key
      ) pair where ${notRejected(tenant)}
      group by sku, item_id
    ), codes as materialized (
      select sku, item_id, rank, count(*) over (partition by sku) as items, count(*) over (partition by item_id) as skus
      from code_pairs
    ), codes_judged as materialized (
      select c.*,
        w.mpn_key <> t.mpn_key and w.brand_key <> t.brand_key and c.items = 1 and c.skus = 1 as contradicts
      from codes c join web w using (sku) join till t using (item_id)
    ), taken as materialized (
      select item_id from codes_judged where items = 1 and skus = 1 and contradicts is not true
    ), raw_pairs as materialized (
      select distinct sku, item_id from (
        select w.sku, t.item_id from web w join till t on t.upc_raw = w.gtin1_raw
        union all select w.sku, t.item_id from web w join till t on t.upc_raw = w.gtin2_raw
        union all select w.sku, t.item_id from web w join till t on t.ean_raw = w.gtin1_raw
        union all select w.sku, t.item_id from web w join till t on t.ean_raw = w.gtin2_raw
      ) pair where ${notRejected(tenant)}
        and not exists (select from code_pairs k where k.sku = pair.sku)
        and not exists (select from taken k where k.item_id = pair.item_id)
    ), mpn_pairs as materialized (
      select w.sku, t.item_id, t.has_code, coalesce(w.brand_key <> t.brand_key, false) as other_brand,
        count(*) over (partition by w.sku) as items, count(*) over (partition by t.item_id) as skus
      from web w join till t on t.mpn_key = w.mpn_key
      where not exists (select from code_pairs k where k.sku = w.sku)
        and not exists (select from raw_pairs k where k.sku = w.sku)
        and not exists (select from taken k where k.item_id = t.item_id)
        and not exists (select from mapping_decisions d where d.tenant = ${tenant} and d.sku = w.sku
          and d.item_id = t.item_id and d.decision = 'rejected')
    ), found as (
      select sku, item_id, 'manual' as state, 'person' as key, case when is_gone
          then 'Chosen by a person, but the POS item is archived or gone: un-archive it in Lightspeed, or map another.'
          else 'Chosen by a person.' end as why
      from accepted
      union all
      select sku, item_id, case when items > 1 or skus > 1 then 'ambiguous' when contradicts then 'pending' else 'mapped' end,
        (array['gtin1-upc', 'gtin2-ean', 'gtin1-ean', 'gtin2-upc'])[rank],
        case when items > 1 and skus > 1 then 'Several POS items and several catalogue items bear this code.'
          when items > 1 then 'The codes of this catalogue item point at several POS items.'
          when skus > 1 then 'Several catalogue items bear the code of this POS item.'
          when contradicts then 'MPN/GTIN mismatch: the codes are equal, MPN and brand both differ.'
          else 'The codes are equal.' end
      from codes_judged
      union all
      select sku, item_id, 'pending', 'identical-code', 'The codes are the same text, but no valid GTIN.' from raw_pairs
      union all
      select sku, item_id, case when items = 1 and skus = 1 and not has_code and not other_brand then 'mapped' else 'pending' end,
        'mpn',
        case when items > 1 then 'Several POS items bear this MPN.'
          when skus > 1 then 'Several catalogue items bear this MPN.'
          when other_brand then 'The MPN is equal, the brand differs.'
          when has_code then 'The MPN is equal, but the POS item has a code that this catalogue item lacks.'
          else 'The MPN is equal.' end
      from mpn_pairs
    ), judged as (
      select sku, min(state) as state, min(item_id) as item_id, min(key) as key,
        (array_agg(why order by item_id))[1] as why,
        jsonb_agg(jsonb_build_object('itemId', item_id, 'key', key, 'why', why) order by item_id) as candidates
      from found group by sku
    ), kept as (
      select m.sku, m.item_id, m.matched_by from mappings m
      join pos_items i on i.tenant = m.tenant and i.item_id = m.item_id ${inScope.item(scope, sql`i.item_id`)}
      join catalog_items c on c.tenant = m.tenant and c.sku = m.sku ${inScope.sku(scope, sql`c.sku`)}
      where m.tenant = ${tenant} ${inScope.sku(scope, sql`m.sku`)}
        and (i.archived or i.retired_at is not null) and m.matched_by <> 'person'
        and (i.upc_key in (c.gtin1_key, c.gtin2_key) or i.ean_key in (c.gtin1_key, c.gtin2_key) or i.mpn_key = c.mpn_key)
        and not exists (select from judged j where j.sku = m.sku)
        and not exists (select from accepted a where a.item_id = m.item_id)
        and not exists (select from mapping_decisions d where d.tenant = m.tenant and d.sku = m.sku
          and d.item_id = m.item_id and d.decision = 'rejected')
    ), wanted as (
      select c.sku,
        case when j.state is not null then j.state when k.sku is not null then 'mapped'
          when coalesce(c.gtin1_key, c.gtin2_key, c.gtin1_raw, c.gtin2_raw, c.mpn_key) is null then 'missing-keys'
          when exists (select from mapping_decisions d where d.tenant = ${tenant} and d.sku = c.sku and d.decision = 'rejected')
            then 'rejected'
          else 'unmatched' end as state,
        case when j.state in ('mapped', 'manual') then j.item_id else k.item_id end as item_id,
        case when j.state in ('mapped', 'manual') then j.key else k.matched_by end as matched_by,
        case when j.state in ('pending', 'ambiguous') then j.candidates else '[]'::jsonb end as candidates,
        j.why, k.sku is not null as is_kept
      from catalog_items c left join judged j using (sku) left join kept k using (sku)
      where c.tenant = ${tenant} ${inScope.sku(scope, sql`c.sku`)}
    ), priced as (
      select w.*, w.item_id is not null and (s.pricing ->> 'enabled')::boolean and not coalesce(round((i.prices ->> (s.pricing ->> 'regularPriceLevelId'))::numeric, 2) > 0, false) as lacks_price
      from wanted w join setups s on s.tenant = ${tenant}
      left join pos_items i on i.tenant = ${tenant} and i.item_id = w.item_id ${inScope.item(scope, sql`i.item_id`)}
    )
    insert into mappings as stored (tenant, sku, state, item_id, matched_by, candidates, reason, updated_at)
    select ${tenant}, sku, case when lacks_price then 'missing-price' else state end, item_id, matched_by, candidates,
      case
        when lacks_price then 'Mapped, but the POS item has no price at the regular price level: set one in Lightspeed.'
        when is_kept then 'Mapped to a POS item that is archived or gone: un-archive it in Lightspeed, or map another.'
        when state = 'missing-keys' then 'This catalogue item has no GTIN1, GTIN2 or MPN to match by: add one in the storefront.'
        when state = 'rejected' then 'Every possible match was rejected by a person.'
        when state = 'unmatched' then 'No POS item bears any of its keys: compare UPC, EAN and manufacturer SKU in Lightspeed.'
        else why end,
      now()
    from priced
    on conflict (tenant, sku) do update set state = excluded.state, item_id = excluded.item_id,
      matched_by = excluded.matched_by, candidates = excluded.candidates, reason = excluded.reason, updated_at = now()
    where (stored.state, stored.item_id, stored.matched_by, stored.candidates, stored.reason)
      is distinct from (excluded.state, excluded.item_id, excluded.matched_by, excluded.candidates, excluded.reason)`);
  return written.count;
}

function notRejected(tenant: string) {
  return sql`not exists (select from mapping_decisions d where d.tenant = ${tenant} and d.sku = pair.sku
    and d.item_id = pair.item_id and d.decision = 'rejected')`;
}
