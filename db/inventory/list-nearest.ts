import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';

/** Something unmatched on one side. */
export interface Likeness {
  text: string;
  codes: string[];
}

/** Something unmatched on the other side that resembles it. */
export interface Nearest {
  sku: string | null;
  itemId: string | null;
  systemSku: string | null;
  description: string;
  codes: string[];
  why: string;
}

const most = 5;
const wordsLookedFor = 6;
/** What is shorter is part of too much. */
const shortestStem = 5;

/** POS items that are live, mapped to nothing, and nearly bear one of the codes or share words of the description. */
export async function listNearestPosItems(db: Database, tenant: string, like: Likeness): Promise<Nearest[]> {
  return nearest(
    db,
    like,
    sql`
      select null as sku, i.item_id as "itemId", i.system_sku as "systemSku", i.description, lower(i.description) as text,
        lower(concat_ws(' ', i.upc, i.ean, i.manufacturer_sku)) as keys,
        array_remove(array[i.upc, i.ean, i.manufacturer_sku], null) as codes
      from pos_items i where i.tenant = ${tenant} and not i.archived and i.retired_at is null
        and not exists (select from mappings m where m.tenant = i.tenant and m.item_id = i.item_id)`,
  );
}

/** The same of catalogue items. */
export async function listNearestCatalogItems(db: Database, tenant: string, like: Likeness): Promise<Nearest[]> {
  return nearest(
    db,
    like,
    sql`
      select c.sku, null as "itemId", null as "systemSku", c.description, lower(c.description) as text,
        lower(concat_ws(' ', c.sku, c.gtin1, c.gtin2, c.mpn)) as keys,
        array_remove(array[c.sku, c.gtin1, c.gtin2, c.mpn], null) as codes
      from catalog_items c where c.tenant = ${tenant}
        and not exists (select from mappings m where m.tenant = c.tenant and m.sku = c.sku and m.item_id is not null)`,
  );
}

/**
 * By plain comparisons over all of them, 200 ms of 100,000: an index for it would slow down each pull, for a question that
 * a person asks now and then. A code is near if it holds the other one, or all of that but the last character.
 */
async function nearest(db: Database, { text, codes }: Likeness, others: SQL): Promise<Nearest[]> {
  const words = wordsOf(text);
  const stems = codes.map((code) => code.toLowerCase()).filter((code) => code.length >= shortestStem);
  const holds = (column: SQL, part: string) => sql`(strpos(${column}, ${part}) > 0)::int`;
  const shared = words.map((word) => holds(sql`text`, word));
  const near = stems.flatMap((code) => [holds(sql`keys`, code), holds(sql`keys`, code.slice(0, -1))]);
  return db.execute<Nearest & Record<string, unknown>>(sql`
    select sku, "itemId", "systemSku", description, codes,
      case when near > 0 then 'A code of it is almost the same.'
        else shared || ' of ' || ${words.length}::int || ' words of the description are the same.' end as why
    from (select o.*, ${sumOf(near)} as near, ${sumOf(shared)} as shared from (${others}) o) compared
    where near > 0 or shared >= ${Math.max(1, Math.min(2, words.length), Math.ceil(words.length / 2))}
    order by near desc, shared desc, sku, "itemId" limit ${most}`);
}

function sumOf(terms: SQL[]): SQL {
  return terms.length === 0 ? sql`0` : sql.join(terms, sql` + `);
}

/** The longest say most. */
function wordsOf(text: string): string[] {
  const words = text
    .toLowerCase()
    .split(/[^\p{L}\p{Nd}]+/u)
    .filter((word) => word.length >= 3);
  return [...new Set(words)].toSorted((a, b) => b.length - a.length).slice(0, wordsLookedFor);
}
