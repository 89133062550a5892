import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../database.ts';

/**
 * The moment that a decision is as of, in ISO. Not the transaction's time: a decision that had to wait for another must
 * not decide as of before it. In whole milliseconds, as moments are stored.
 */
export async function readClock(tx: Database | Transaction): Promise<string> {
  const [row] = await tx.execute<{ moment: string }>(sql`
    select date_trunc('milliseconds', clock_timestamp())::text as moment`);
  return row!.moment;
}
