import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';

/** Which of these price levels no item of the till has a price at; none while no item is known. */
export async function listEmptyLevels(db: Database, tenant: string, levelIds: string[]): Promise<string[]> {
  const rows = await db.execute<{ levelId: string }>(sql`
    select level_id as "levelId" from jsonb_array_elements_text(${JSON.stringify(levelIds)}::jsonb) as level(level_id)
    where exists (select from pos_items where tenant = ${tenant})
      and not exists (select from pos_items i
        where i.tenant = ${tenant} and round((i.prices ->> level.level_id)::numeric, 2) > 0)`);
  return rows.map(({ levelId }) => levelId);
}
