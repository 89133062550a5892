import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { tillCustomers } from '../schema/orders.ts';

/**
 * Forgets whose e-mail addresses older keys have hashed: they can't be hashed again, and need not be, as the till is
 * searched for each order's customer. One that a worker holds right now stays until it lets go.
 * @returns how many were forgotten.
 */
export async function forgetFingerprints(db: Database, currentKeyId: string): Promise<number> {
  const forgotten = await db.execute(sql`
    delete from ${tillCustomers}
    where ${tillCustomers.emailHash} not like ${`${currentKeyId}.%`}
      and coalesce(${tillCustomers.leaseUntil}, '-infinity') < clock_timestamp()`);
  return forgotten.count;
}
