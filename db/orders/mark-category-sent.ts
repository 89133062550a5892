import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { tillFacts } from '../schema/orders.ts';
import type { AccountReading } from './account-reading.ts';

/**
 * Notes that a tax category may be made in the till from now on and until so much later; 0: its outcome is known.
 * @returns false when another has taken the right to read the account's lists since: nothing may be sent.
 */
export async function markCategorySent(
  db: Database,
  { tenant, fence }: AccountReading,
  settleMs: number,
): Promise<boolean> {
  const categorySettlesAt = settleMs === 0 ? null : sql`clock_timestamp() + ${settleMs} * interval '1 millisecond'`;
  const held = await db
    .update(tillFacts)
    .set({ categorySettlesAt })
    .where(and(eq(tillFacts.tenant, tenant), eq(tillFacts.fence, fence)))
    .returning({ tenant: tillFacts.tenant });
  return held.length === 1;
}
