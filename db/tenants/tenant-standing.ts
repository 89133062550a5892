import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { tenantRemovals, tenants } from '../schema/tenants.ts';

/** `removing`: it is being erased, or was a moment ago; its slug is not free yet. */
export async function tenantStanding(db: Database, tenant: string): Promise<'absent' | 'live' | 'removing'> {
  const [row] = await db.execute<{ isThere: boolean; isRemoving: boolean }>(sql`
    select exists (select from ${tenants} where ${tenants.tenant} = ${tenant}) as "isThere",
      exists (select from ${tenantRemovals} where ${tenantRemovals.tenant} = ${tenant}
        and ${tenantRemovals.endedAt} is null) as "isRemoving"`);
  if (row?.isRemoving) return 'removing';
  return row?.isThere ? 'live' : 'absent';
}
