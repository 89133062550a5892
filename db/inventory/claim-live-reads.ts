import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';

/** An answer so young is as good as another question; a question that got none isn't asked again for so long. */
const youngMs = 2_000;
const vainMs = 5_000;
/** So long a question may be under way. */
const patienceMs = 3_000;

/**
 * Of items that a caller wants live, those that it must ask the till for: nobody else has just asked, so that a thing
 * looked at by a hundred visitors costs one call, and a till that doesn't answer is not asked by each of them.
 * @returns `ask`, which the caller must answer by `commitLiveRead`, and `underWay`, which another caller has asked for.
 * What is in neither was read a moment ago, or asked for in vain.
 */
export async function claimLiveReads(
  db: Database,
  tenant: string,
  itemIds: string[],
): Promise<{ ask: string[]; underWay: string[] }> {
  const asked = await db.execute<{ itemId: string }>(sql`
    insert into live_reads as stored (tenant, item_id, asked_at)
    select ${tenant}, item_id, clock_timestamp() from unnest(${sql.param(itemIds)}::text[]) item_id order by item_id
    on conflict (tenant, item_id) do update set asked_at = excluded.asked_at
    where stored.asked_at < excluded.asked_at - ${vainMs} * interval '1 millisecond'
      or (stored.read_at >= stored.asked_at
        and stored.read_at < excluded.asked_at - ${youngMs} * interval '1 millisecond')
    returning item_id as "itemId"`);
  const ask = asked.map(({ itemId }) => itemId);
  return {
    ask,
    underWay: await listUnderWay(
      db,
      tenant,
      itemIds.filter((id) => !ask.includes(id)),
    ),
  };
}

/** Of these items those whose last question may still be answered. */
export async function listUnderWay(db: Database, tenant: string, itemIds: string[]): Promise<string[]> {
  if (itemIds.length === 0) return [];
  const rows = await db.execute<{ itemId: string }>(sql`
    select item_id as "itemId" from live_reads
    where tenant = ${tenant} and item_id = any(${sql.param(itemIds)}::text[]) 
      and coalesce(read_at < asked_at, true)
      and asked_at > clock_timestamp() - ${patienceMs} * interval '1 millisecond'`);
  return rows.map(({ itemId }) => itemId);
}
