import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { connections, setups } from '../schema/setup.ts';

/**
 * Tenants whose connection is due for a look: as often as it syncs; where nothing syncs once a day, which also keeps the
 * refresh token from dying unused (30 days); a lost one after 1, 2, 4 … minutes, 6 hours at most.
 */
export async function listDueChecks(db: Database, limit: number): Promise<string[]> {
  const rows = await db.execute<{ tenant: string }>(sql`
    select ${connections.tenant} from ${connections} left join ${setups} on ${setups.tenant} = ${connections.tenant}
    where ${connections.state} in ('active', 'lost') and ${connections.checkedAt} + case
      when ${connections.state} = 'lost' then least(interval '6 hours', interval '1 minute' * (2 ^ least(${connections.failedProbes}, 20)))
      when ${setups.completedAt} is not null and ${setups.pausedAt} is null
        then (${setups.sync} ->> 'intervalMinutes')::int * interval '1 minute'
      else interval '1 day' end <= now()
    order by ${connections.checkedAt} limit ${limit}`);
  return rows.map(({ tenant }) => tenant);
}
