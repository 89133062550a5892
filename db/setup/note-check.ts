import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { connections } from '../schema/setup.ts';

/** Puts the next look at the tenant's connection off to its usual time; after a probe in vain, to a later one. */
export async function noteCheck(
  db: Database,
  tenant: string,
  { isProbeInVain }: { isProbeInVain: boolean },
): Promise<void> {
  await db
    .update(connections)
    .set({
      checkedAt: sql`now()`,
      ...(isProbeInVain ? { failedProbes: sql`${connections.failedProbes} + 1` } : {}),
    })
    .where(and(eq(connections.tenant, tenant), inArray(connections.state, ['active', 'lost'])));
}
