import { sql } from 'drizzle-orm';
import type { Transaction } from '../database.ts';
import type { DecideScope } from './decide-scope.ts';

/** So few can be joined in any order. */
const few = 40;

/**
 * Rules out nested loops for the rest of the transaction, but for the smallest scopes. PostgreSQL knows nothing of how
 * large a decision's materialised sets are, takes each for a row or two and would loop over them within one another:
 * 130 items then took more than eight minutes, by hash joins they take milliseconds.
 */
export async function planForSets(tx: Transaction, scope: DecideScope): Promise<void> {
  if (scope !== 'everything' && scope.skus.length + scope.itemIds.length <= few) return;
  await tx.execute(sql`set local enable_nestloop = off`);
}
